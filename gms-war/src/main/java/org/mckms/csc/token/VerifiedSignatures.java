package org.mckms.csc.token;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;

/**
 * Remembers which key has verified which token, since a client sends the same token with every request. Only that: whether
 * the key is still published, and everything the token says, is looked at anew each time. Holds digests, and of a bounded
 * number of tokens. Thread safe.
 */
final class VerifiedSignatures {

    /** Two generations of so many digests of 32 octets. */
    private static final int STANDARD_GENERATION = 20_000;

    private final int generation;
    private volatile Generations held = new Generations(ConcurrentHashMap.newKeySet(), Set.of());

    private record Generations(Set<Octets> young, Set<Octets> old) {}

    VerifiedSignatures() {
        this(STANDARD_GENERATION);
    }

    VerifiedSignatures(int generation) {
        this.generation = generation;
    }

    /**
     * Whether the key verifies the token.
     *
     * @param token        compact serialization, its signature included
     * @param verification asked only if the pair is not known to hold
     */
    boolean holds(String token, String keyThumbprint, BooleanSupplier verification) {
        Octets pair = Sha256.of(Octets.ofUtf8(keyThumbprint + " " + token));
        Generations now = held;
        if (now.young().contains(pair)) {
            return true;
        }
        if (!now.old().contains(pair) && !verification.getAsBoolean()) {
            return false;
        }
        remember(pair);
        return true;
    }

    private void remember(Octets pair) {
        Generations now = held;
        if (now.young().size() >= generation) {
            now = new Generations(ConcurrentHashMap.newKeySet(), now.young());
            held = now;
        }
        now.young().add(pair);
    }
}
