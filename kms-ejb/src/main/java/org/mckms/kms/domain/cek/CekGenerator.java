package org.mckms.kms.domain.cek;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.mckms.kms.domain.TokenServices;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.smime.ContentEncryptionKey;

/**
 * Draws content encryption keys and their Key IDs from a generator that the token seeds: before the first key, and again
 * after some time or some keys. Who draws never waits for the token, since it holds locks and a connection: seeds are fetched
 * by {@link #prepare} before. Thread safe.
 */
public final class CekGenerator {

    /** Octets of each seed: the generator's strength of 256 bits and half as much again for its nonce. */
    static final int SEED_OCTETS = 48;

    static final Duration RESEED_AFTER = Duration.ofMinutes(10);
    static final int RESEED_AFTER_KEYS = 4096;

    /** While the next seed is fetched, or the token does not answer, the last one serves for so much longer. */
    static final Duration GRACE = Duration.ofMinutes(5);

    static final int GRACE_KEYS = 65_536;

    /** So long nobody waits for the token again after it gave no seed. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    /** Who comes while another fetches the first seed waits for it at most so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int KEY_ID_TIME_OCTETS = 6;

    private final SecureRandom random;
    private final TokenServices token;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private final AtomicInteger drawn = new AtomicInteger();
    private volatile Instant seededAt = Instant.MIN;
    private volatile Instant notBefore = Instant.MIN;
    private volatile KmsErrorCode failure = KmsErrorCode.NOT_READY;

    /** @param random a deterministic random bit generator (SP 800-90A) of its own, for nothing else */
    public CekGenerator(SecureRandom random, TokenServices token, Clock clock) {
        this.random = requireNonNull(random, "random");
        this.token = requireNonNull(token, "token");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Fetches a seed from the token if one is due, unless another caller does so. To be called before a transaction that may
     * draw; never throws, since who then draws without a seed is refused.
     */
    public void prepare() {
        Instant now = clock.instant();
        if (isSeeded(RESEED_AFTER, RESEED_AFTER_KEYS) || now.isBefore(notBefore)) {
            return;
        }
        try {
            if (!mayFetch()) {
                return;
            }
            try {
                if (!isSeeded(RESEED_AFTER, RESEED_AFTER_KEYS)) {
                    seed();
                }
            } finally {
                fetching.unlock();
            }
        } catch (KmsException e) {
            failure = e.code();
            if (e.code() != KmsErrorCode.NOT_READY) {
                notBefore = clock.instant().plus(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes the lock; while the last seed can still be used nobody waits for it. */
    private boolean mayFetch() throws InterruptedException {
        return isSeeded(RESEED_AFTER.plus(GRACE), GRACE_KEYS)
                ? fetching.tryLock()
                : fetching.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void seed() {
        byte[] seed = token.random(SEED_OCTETS);
        try {
            random.setSeed(seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
        drawn.set(0);
        seededAt = clock.instant();
    }

    private boolean isSeeded(Duration life, int most) {
        Instant since = seededAt;
        return !since.equals(Instant.MIN) && clock.instant().isBefore(since.plus(life)) && drawn.get() < most;
    }

    /**
     * A fresh key.
     *
     * @return 32 octets, which the caller closes
     * @throws KmsException {@code HSM_UNAVAILABLE} or {@code NOT_READY} if the token has given no seed for too long
     */
    public SecretOctets key() {
        return SecretOctets.takeFrom(draw(ContentEncryptionKey.KEY_OCTETS));
    }

    /**
     * A Key ID: the time in milliseconds since 1970 in six octets, big-endian, so that keys of the same moment stand side by side
     * in the database, and ten octets from the same generator, which say nothing of the key.
     *
     * @throws KmsException as {@link #key}
     */
    public Octets keyId() {
        byte[] random = draw(ContentEncryptionKey.KEY_ID_OCTETS - KEY_ID_TIME_OCTETS);
        return Octets.copyOf(ByteBuffer.allocate(ContentEncryptionKey.KEY_ID_OCTETS)
                .putLong(clock.millis() << Short.SIZE)
                .position(KEY_ID_TIME_OCTETS)
                .put(random)
                .array());
    }

    private byte[] draw(int size) {
        if (!isSeeded(RESEED_AFTER.plus(GRACE), GRACE_KEYS)) {
            throw new KmsException(failure, "the token has given no seed for content encryption keys");
        }
        drawn.incrementAndGet();
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        return octets;
    }
}
