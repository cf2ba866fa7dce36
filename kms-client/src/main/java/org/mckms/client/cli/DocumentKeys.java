package org.mckms.client.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.codec.ReceivingKeys;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/**
 * TrK and InK with which documents are verified and unwrapped: those of a key store, by their names, or bare ones out of
 * files, which take the names that the document has. Closing wipes them.
 */
final class DocumentKeys implements AutoCloseable {
    private final List<NamedKey> named = new ArrayList<>();
    private final Optional<SecretOctets> transportKey;
    private final Optional<SecretOctets> integrityKey;

    private DocumentKeys(Optional<SecretOctets> transportKey, Optional<SecretOctets> integrityKey) {
        this.transportKey = transportKey;
        this.integrityKey = integrityKey;
    }

    /** The keys in use and those announced. */
    static DocumentKeys of(ClientKeyStore store) {
        DocumentKeys keys = new DocumentKeys(Optional.empty(), Optional.empty());
        Stream.of(store.activeKeys(), store.pendingKeys())
                .flatMap(Optional::stream)
                .forEach(keys::add);
        return keys;
    }

    /** Takes over keys without names; where none is given, nothing is verified. */
    static DocumentKeys bare(Optional<SecretOctets> transportKey, Optional<SecretOctets> integrityKey) {
        return new DocumentKeys(transportKey, integrityKey);
    }

    private void add(ClientKeys pair) {
        try (pair) {
            named.add(pair.transportKey().copy());
            pair.integrityKey().map(NamedKey::copy).ifPresent(named::add);
        }
    }

    boolean areGiven() {
        return !named.isEmpty() || transportKey.isPresent() || integrityKey.isPresent();
    }

    /** @param wrapping names of the keys under which the document wraps others: these are TrKs */
    ReceivingKeys forDocument(Set<String> wrapping) {
        return name -> named.stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .or(() -> bareKey(wrapping.contains(name)).map(key -> name(name, key)));
    }

    /** In TS 33.179 the TrK signs as well. */
    private Optional<SecretOctets> bareKey(boolean wraps) {
        return wraps ? transportKey : integrityKey.or(() -> transportKey);
    }

    private NamedKey name(String name, SecretOctets key) {
        NamedKey fresh = NamedKey.takeFrom(name, key.<byte[]>use(octets -> octets.clone()));
        named.add(fresh);
        return fresh;
    }

    @Override
    public void close() {
        named.forEach(NamedKey::close);
        transportKey.ifPresent(SecretOctets::close);
        integrityKey.ifPresent(SecretOctets::close);
    }
}
