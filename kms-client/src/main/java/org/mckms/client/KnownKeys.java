package org.mckms.client;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mckms.protocol.codec.ReceivingKeys;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** The keys of one client by name, for one answer. Holds no copies: valid while the keys given are open. */
final class KnownKeys implements ReceivingKeys {
    private final List<ClientKeys> pairs;

    private KnownKeys(List<ClientKeys> pairs) {
        this.pairs = pairs;
    }

    static KnownKeys of(Optional<ClientKeys> pair) {
        return new KnownKeys(pair.stream().toList());
    }

    /** Where two keys have one name, that of the first pair counts. */
    static KnownKeys of(List<ClientKeys> pairs) {
        return new KnownKeys(List.copyOf(pairs));
    }

    @Override
    public Optional<NamedKey> transportKey(String keyName) {
        return first(keyName, ClientKeys::transportKey);
    }

    @Override
    public Optional<NamedKey> signingKey(String keyName) {
        return first(keyName, ClientKeys::signingKey);
    }

    private Optional<NamedKey> first(String keyName, Function<ClientKeys, NamedKey> role) {
        return pairs.stream()
                .map(role)
                .filter(key -> key.name().equals(keyName))
                .findFirst();
    }
}
