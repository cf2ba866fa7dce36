package org.mckms.client.cli;

import java.util.List;
import java.util.stream.Stream;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.UserKeys;
import org.mckms.protocol.message.KmsCertificate;

/** What key messages are verified and opened with. Closing wipes the key sets. */
final class MessageKeys implements AutoCloseable {
    private final List<KmsCertificate> certificates;
    private final List<UserKeys> keySets;

    private MessageKeys(List<KmsCertificate> certificates, List<UserKeys> keySets) {
        this.certificates = certificates;
        this.keySets = keySets;
    }

    /** Nothing, so that messages are explained only. */
    static MessageKeys none() {
        return new MessageKeys(List.of(), List.of());
    }

    /** Copies of what a key store holds. */
    static MessageKeys of(ClientKeyStore store) {
        List<KmsCertificate> certificates = Stream.concat(
                        store.rootCertificates().stream(), store.partnerCertificates().stream())
                .toList();
        return new MessageKeys(certificates, store.userKeys(keys -> true));
    }

    boolean areGiven() {
        return !certificates.isEmpty();
    }

    /** Of the own KMS and of others. */
    List<KmsCertificate> certificates() {
        return certificates;
    }

    /** Of all key periods held; lent until this is closed. */
    List<UserKeys> keySets() {
        return keySets;
    }

    @Override
    public void close() {
        keySets.forEach(UserKeys::close);
    }
}
