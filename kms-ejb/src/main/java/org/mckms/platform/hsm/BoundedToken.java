package org.mckms.platform.hsm;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A token whose calls run in a bounded pool with a time limit. Making and destroying keys and loading have a thread of
 * their own, and so has the probe, so that none of them starves another. Once a call was late, further ones are refused at
 * once until a probe succeeds: of all callers only those that were under way have waited in vain.
 */
public final class BoundedToken implements Token {

    /** For a token at the other end of a network they wait most of the time. */
    private static final int THREADS = 16;

    private static final int WAITING = 128;
    private static final int ADMINISTRATIVE_WAITING = 8;
    private static final int PROBES_WAITING = 2;

    /** Calls that never come back keep their threads, whoever gave them up; no new ones are made beyond this many. */
    private static final int MOST_HANGING = 2 * THREADS;

    private static final Consumer<Object> NOTHING_TO_WIPE = result -> {};

    private final Token token;
    private final CallLimits limits;
    private final TokenCalls calls;
    private final TokenCalls administrativeCalls;
    private final TokenCalls probes;
    private final Suspicion suspicion;

    /** All pools with threads in this open token, those that were replaced included. */
    private final Set<TokenCalls> pools;

    private BoundedToken(Token token, CallLimits limits, TokenCalls administrativeCalls, Set<TokenCalls> pools) {
        this.token = token;
        this.limits = limits;
        this.calls = new TokenCalls("kms-hsm", THREADS, WAITING, limits.call());
        this.administrativeCalls = administrativeCalls;
        this.probes = new TokenCalls("kms-hsm-probe", 1, PROBES_WAITING, limits.probe());
        this.suspicion = new Suspicion(limits.stuck());
        this.pools = pools;
        pools.addAll(List.of(calls, administrativeCalls, probes));
    }

    /**
     * Opens a token within the time limit. A token that opens later is closed at once.
     *
     * @throws TokenException as the opener does, or {@code LATE}
     */
    public static BoundedToken open(TokenOpener opener, RecoveryStep step, char[] pin, HsmSettings settings) {
        CallLimits limits = CallLimits.of(settings);
        TokenCalls administrative = administrative(limits);
        char[] copy = pin.clone(); // a call that hangs goes on using it after the caller wiped the original
        try {
            Token opened = administrative.call(
                    () -> {
                        try {
                            return opener.open(step, copy);
                        } finally {
                            Arrays.fill(copy, '\0');
                        }
                    },
                    Token::close);
            return new BoundedToken(opened, limits, administrative, ConcurrentHashMap.newKeySet());
        } catch (TokenException e) {
            administrative.close();
            throw e;
        }
    }

    private static TokenCalls administrative(CallLimits limits) {
        return new TokenCalls("kms-hsm-admin", 1, ADMINISTRATIVE_WAITING, limits.administrative());
    }

    /**
     * The same open token with new threads, for one in which calls were lost and that may answer again.
     *
     * @throws TokenException {@code LATE} if so many calls hang that threads would pile up
     */
    public BoundedToken renewed() {
        pools.removeIf(pool -> pool.runningLongerThan(Duration.ZERO) == 0);
        int hanging = pools.stream()
                .mapToInt(pool -> pool.runningLongerThan(Duration.ZERO))
                .sum();
        if (hanging > MOST_HANGING) {
            throw new TokenException(
                    TokenFault.LATE, hanging + " calls of the token hang; they may end with the server only.");
        }
        return new BoundedToken(token, limits, administrative(limits), pools);
    }

    /**
     * Computes a MAC as {@link #mac} does, in a thread that load does not reach, and looks for calls that never come back:
     * a token that answers the probe only serves nobody.
     *
     * @throws TokenException {@code LATE} if a call hangs, or as {@link #mac} does
     */
    public void probe(String label, byte[] message) {
        int stuck = calls.runningLongerThan(limits.stuck());
        if (stuck > 0) {
            throw new TokenException(
                    TokenFault.LATE,
                    stuck + " calls of the token have not come back for "
                            + limits.stuck().toMillis() + " ms.");
        }
        try {
            probes.call(() -> token.mac(label, MacAlgorithm.HMAC_SHA_256, message), NOTHING_TO_WIPE);
            suspicion.end();
        } catch (TokenException e) {
            suspicion.arise();
            throw e;
        }
    }

    @Override
    public Set<String> keyLabels() {
        return token.keyLabels();
    }

    @Override
    public void reload() {
        administer(token::reload);
    }

    @Override
    public void makeMacKey(String label) {
        administer(() -> token.makeMacKey(label));
    }

    @Override
    public void makeEncryptionKey(String label) {
        administer(() -> token.makeEncryptionKey(label));
    }

    @Override
    public void makeSigningKey(String label, String commonName) {
        administer(() -> token.makeSigningKey(label, commonName));
    }

    @Override
    public void destroyKey(String label) {
        administer(() -> token.destroyKey(label));
    }

    @Override
    public byte[] mac(String label, MacAlgorithm algorithm, byte[] message) {
        return secret(() -> token.mac(label, algorithm, message));
    }

    @Override
    public SealedOctets seal(String label, byte[] clear, byte[] aad) {
        return unlessSuspect(() -> token.seal(label, clear, aad), NOTHING_TO_WIPE::accept);
    }

    @Override
    public byte[] open(String label, SealedOctets sealed, byte[] aad) {
        return secret(() -> token.open(label, sealed, aad));
    }

    @Override
    public byte[] random(int octets) {
        return secret(() -> token.random(octets));
    }

    @Override
    public byte[] sign(String label, byte[] message) {
        return secret(() -> token.sign(label, message));
    }

    @Override
    public byte[] certificate(String label) {
        return token.certificate(label);
    }

    /** Logs out within the time limit and takes no further calls, whether or not the logout succeeds. */
    @Override
    public void close() {
        try {
            administer(token::close);
        } finally {
            calls.close();
            administrativeCalls.close();
            probes.close();
        }
    }

    private byte[] secret(Supplier<byte[]> call) {
        return unlessSuspect(call, late -> Arrays.fill(late, (byte) 0));
    }

    private <T> T unlessSuspect(Supplier<T> call, Consumer<T> discard) {
        if (suspicion.holds()) {
            throw new TokenException(TokenFault.LATE, "The token did not answer in time a moment ago.");
        }
        try {
            return calls.call(call, discard);
        } catch (TokenException e) {
            if (e.fault() == TokenFault.LATE) {
                suspicion.arise();
            }
            throw e;
        }
    }

    private void administer(Runnable call) {
        administrativeCalls.call(
                () -> {
                    call.run();
                    return token;
                },
                NOTHING_TO_WIPE::accept);
    }
}
