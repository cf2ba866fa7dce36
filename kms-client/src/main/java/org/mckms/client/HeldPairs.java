package org.mckms.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.MessageSignature;
import org.mckms.protocol.security.NamedKey;

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

    /**
     * Whether a verified answer proves that the KMS has the pending pair in use: it is signed under the new InK. Where only
     * the TrK is new, signatures are the same as before; then the keys in the answer have to be wrapped under the new TrK.
     */
    boolean showsPendingInUse(ReceivedResponse answer) {
        Optional<String> signer = answer.signature().map(MessageSignature::keyName);
        return pending.filter(
                        pair -> signer.equals(Optional.of(pair.signingKey().name())))
                .filter(pair -> !signsLikeActive(pair)
                        || answer.wrappedUnder()
                                .equals(Set.of(pair.transportKey().name())))
                .isPresent();
    }

    /**
     * The TrK that a request names: that of the pending pair where the signature does not tell the KMS that the client has
     * it.
     */
    Optional<String> transportKeyToName(ClientKeys signer) {
        return pending.filter(pair -> pair == signer && signsLikeActive(pair))
                .map(pair -> pair.transportKey().name());
    }

    private boolean signsLikeActive(ClientKeys pair) {
        NamedKey key = pair.signingKey();
        return active.map(ClientKeys::signingKey)
                .filter(other -> other.name().equals(key.name()) && other.key().constantTimeEquals(key.key()))
                .isPresent();
    }

    @Override
    public void close() {
        pending.ifPresent(ClientKeys::close);
        active.ifPresent(ClientKeys::close);
    }
}
