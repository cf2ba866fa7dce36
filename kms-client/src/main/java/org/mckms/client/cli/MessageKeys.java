package org.mckms.client.cli;

import java.util.List;
import java.util.stream.Stream;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.UserKeys;
import org.mckms.protocol.message.KmsCertificate;

/**
 * What key messages are verified and opened with. Closing wipes the key sets.
 *
 * @param certificates of the own KMS and of others
 * @param keySets of all key periods held
 */
record MessageKeys(List<KmsCertificate> certificates, List<UserKeys> keySets) implements AutoCloseable {
    static final MessageKeys NONE = new MessageKeys(List.of(), List.of());

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

    @Override
    public void close() {
        keySets.forEach(UserKeys::close);
    }
}
