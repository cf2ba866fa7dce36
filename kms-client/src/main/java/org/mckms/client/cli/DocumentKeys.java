package org.mckms.client.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
final class DocumentKeys implements ReceivingKeys, AutoCloseable {
    private final List<ClientKeys> pairs;
    private final Optional<SecretOctets> transportKey;
    private final Optional<SecretOctets> integrityKey;
    private final List<NamedKey> named = new ArrayList<>();

    private DocumentKeys(
            List<ClientKeys> pairs, Optional<SecretOctets> transportKey, Optional<SecretOctets> integrityKey) {
        this.pairs = pairs;
        this.transportKey = transportKey;
        this.integrityKey = integrityKey;
    }

    /** The keys in use and those announced. */
    static DocumentKeys of(ClientKeyStore store) {
        List<ClientKeys> pairs = Stream.of(store.activeKeys(), store.pendingKeys())
                .flatMap(Optional::stream)
                .toList();
        return new DocumentKeys(pairs, Optional.empty(), Optional.empty());
    }

    /** Takes over keys without names; where none is given, nothing is verified. */
    static DocumentKeys bare(Optional<SecretOctets> transportKey, Optional<SecretOctets> integrityKey) {
        return new DocumentKeys(List.of(), transportKey, integrityKey);
    }

    boolean areGiven() {
        return !pairs.isEmpty() || transportKey.isPresent() || integrityKey.isPresent();
    }

    @Override
    public Optional<NamedKey> transportKey(String keyName) {
        return held(keyName, ClientKeys::transportKey).or(() -> transportKey.map(key -> name(keyName, key)));
    }

    /** In TS 33.179 the TrK signs as well. */
    @Override
    public Optional<NamedKey> signingKey(String keyName) {
        return held(keyName, ClientKeys::signingKey)
                .or(() -> integrityKey.or(() -> transportKey).map(key -> name(keyName, key)));
    }

    private Optional<NamedKey> held(String keyName, Function<ClientKeys, NamedKey> role) {
        return pairs.stream()
                .map(role)
                .filter(key -> key.name().equals(keyName))
                .findFirst();
    }

    private NamedKey name(String name, SecretOctets key) {
        NamedKey fresh = NamedKey.takeFrom(name, key.<byte[]>use(octets -> octets.clone()));
        named.add(fresh);
        return fresh;
    }

    @Override
    public void close() {
        pairs.forEach(ClientKeys::close);
        named.forEach(NamedKey::close);
        transportKey.ifPresent(SecretOctets::close);
        integrityKey.ifPresent(SecretOctets::close);
    }
}
