package org.mckms.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.protocol.security.ClientKeys;

/**
 * Copies of the key pairs of a store for one exchange, in the order in which they are tried: the announced pair first,
 * since its first use makes it the active one at the KMS, then the pair in use.
 */
final class HeldPairs implements AutoCloseable {
    private final Optional<ClientKeys> pending;
    private final Optional<ClientKeys> active;

    private HeldPairs(Optional<ClientKeys> pending, Optional<ClientKeys> active) {
        this.pending = pending;
        this.active = active;
    }

    static HeldPairs of(ClientKeyStore store) {
        return new HeldPairs(store.pendingKeys(), store.activeKeys());
    }

    /** The pairs to sign with, one after the other; one empty entry for a client that is not registered. */
    List<Optional<ClientKeys>> signers() {
        List<ClientKeys> pairs = inOrder();
        return pairs.isEmpty()
                ? List.of(Optional.empty())
                : pairs.stream().map(Optional::of).toList();
    }

    /** All pairs; empty for a client that is not registered. */
    List<ClientKeys> inOrder() {
        List<ClientKeys> pairs = new ArrayList<>();
        pending.ifPresent(pairs::add);
        active.ifPresent(pairs::add);
        return pairs;
    }

    boolean signsAsPending(String keyName) {
        return pending.filter(held -> held.signingKey().name().equals(keyName)).isPresent();
    }

    @Override
    public void close() {
        pending.ifPresent(ClientKeys::close);
        active.ifPresent(ClientKeys::close);
    }
}
