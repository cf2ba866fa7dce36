package org.mckms.kms.domain.cek;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.mckms.kms.domain.TokenServices;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.smime.ContentEncryptionKey;

/**
 * Draws content encryption keys and their Key IDs from a generator that the token seeds: before the first key, and again
 * after some time or some keys. Thread safe.
 */
public final class CekGenerator {

    /** Octets of each seed: the generator's strength of 256 bits and half as much again for its nonce. */
    static final int SEED_OCTETS = 48;

    static final Duration RESEED_AFTER = Duration.ofMinutes(10);
    static final int RESEED_AFTER_KEYS = 4096;

    private final SecureRandom random;
    private final TokenServices token;
    private final Clock clock;
    private Instant seededAt = Instant.MIN;
    private int drawn;

    /** @param random a deterministic random bit generator (SP 800-90A) of its own, for nothing else */
    public CekGenerator(SecureRandom random, TokenServices token, Clock clock) {
        this.random = requireNonNull(random, "random");
        this.token = requireNonNull(token, "token");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * A fresh key.
     *
     * @return 32 octets, which the caller closes
     * @throws org.mckms.protocol.error.KmsException {@code HSM_UNAVAILABLE} or {@code NOT_READY} if a seed is due and the
     *     token gives none
     */
    public SecretOctets key() {
        seedIfDue();
        byte[] octets = new byte[ContentEncryptionKey.KEY_OCTETS];
        random.nextBytes(octets);
        return SecretOctets.takeFrom(octets);
    }

    /** A Key ID: 16 octets from the same generator, which say nothing of the key. */
    public Octets keyId() {
        seedIfDue();
        byte[] octets = new byte[ContentEncryptionKey.KEY_ID_OCTETS];
        random.nextBytes(octets);
        return Octets.copyOf(octets);
    }

    private synchronized void seedIfDue() {
        Instant now = clock.instant();
        if (drawn >= RESEED_AFTER_KEYS || seededAt.equals(Instant.MIN) || !now.isBefore(seededAt.plus(RESEED_AFTER))) {
            byte[] seed = token.random(SEED_OCTETS);
            try {
                random.setSeed(seed);
            } finally {
                Arrays.fill(seed, (byte) 0);
            }
            seededAt = now;
            drawn = 0;
        }
        drawn++;
    }
}
