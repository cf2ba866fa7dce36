package org.mckms.platform.hsm;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A token whose calls run in a bounded pool with a time limit. Making and destroying keys, loading and the probe have a
 * thread of their own, so that neither starves the other.
 */
public final class BoundedToken implements Token {

    private static final int THREADS = 8;
    private static final int WAITING = 128;
    private static final int ADMINISTRATIVE_WAITING = 8;

    private static final Consumer<Object> NOTHING_TO_WIPE = result -> {};

    private final Token token;
    private final TokenCalls calls;
    private final TokenCalls administrativeCalls;

    private BoundedToken(Token token, TokenCalls calls, TokenCalls administrativeCalls) {
        this.token = token;
        this.calls = calls;
        this.administrativeCalls = administrativeCalls;
    }

    /**
     * Opens a token within the time limit. A token that opens later is closed at once.
     *
     * @throws TokenException as the opener does, or {@code LATE}
     */
    public static BoundedToken open(TokenOpener opener, RecoveryStep step, char[] pin, Duration limit) {
        TokenCalls administrative = new TokenCalls("kms-hsm-admin", 1, ADMINISTRATIVE_WAITING, limit);
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
            return new BoundedToken(opened, new TokenCalls("kms-hsm", THREADS, WAITING, limit), administrative);
        } catch (TokenException e) {
            administrative.close();
            throw e;
        }
    }

    /** As {@link #mac}, in the thread that load does not reach. */
    public void probe(String label, byte[] message) {
        administrativeCalls.call(() -> token.mac(label, MacAlgorithm.HMAC_SHA_256, message), NOTHING_TO_WIPE);
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
        return calls.call(() -> token.seal(label, clear, aad), NOTHING_TO_WIPE::accept);
    }

    @Override
    public byte[] open(String label, SealedOctets sealed, byte[] aad) {
        return secret(() -> token.open(label, sealed, aad));
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
        }
    }

    private byte[] secret(Supplier<byte[]> call) {
        return calls.call(call, late -> Arrays.fill(late, (byte) 0));
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
