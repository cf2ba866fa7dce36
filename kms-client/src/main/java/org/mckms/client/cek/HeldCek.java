package org.mckms.client.cek;

import java.security.MessageDigest;
import java.time.Instant;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.smime.ContentEncryptionKey;

/**
 * A key in a store, with what is known of it. Closing wipes the key.
 *
 * <p>Messages are counted in steps: the file holds a bound that no message goes beyond before a higher one is on the disk. So
 * a crash makes the number too high, never too low, and counting does not write the file with every message.
 */
final class HeldCek implements AutoCloseable {
    /** Steps up to the number of messages that the KMS names. */
    private static final long STEPS = 16;

    private final CekDetails details;
    private final MessageCount count;
    private final long bound;
    private final ContentEncryptionKey key;

    /**
     * Takes over the key.
     *
     * @param count shared by all that hold this state of the key
     */
    HeldCek(CekDetails details, MessageCount count, long bound, ContentEncryptionKey key) {
        this.details = details;
        this.count = count;
        this.bound = bound;
        this.key = key;
    }

    /** A key that comes from the KMS; it is taken over. */
    static HeldCek fresh(CekDetails details, MessageCount count, ContentEncryptionKey key) {
        return new HeldCek(details, count, count.messages() + step(details), key);
    }

    /** The same with a bound one step higher. */
    HeldCek withRaisedBound() {
        return new HeldCek(details, count, count.messages() + step(details), key.copy());
    }

    private static long step(CekDetails details) {
        return Math.max(1, details.refreshAfterMessages().orElse(0) / STEPS);
    }

    CekDetails details() {
        return details;
    }

    MessageCount count() {
        return count;
    }

    long bound() {
        return bound;
    }

    /** Whether the bound has to be raised before the next message. */
    boolean isAtBound() {
        return details.refreshAfterMessages().isPresent() && count.messages() >= bound;
    }

    /** Lent until this is closed. */
    ContentEncryptionKey key() {
        return key;
    }

    /** Compares in a time that does not depend on the keys. */
    boolean isSameKeyAs(ContentEncryptionKey other) {
        return key.use(own -> other.use(theirs -> MessageDigest.isEqual(own, theirs)));
    }

    /** Whether both ends are known to have it: the KMS said so, or the other end has sealed with it. */
    boolean isActive() {
        return details.status() == CekStatus.ACTIVE || details.status() == CekStatus.PENDING && count.isProvenByUse();
    }

    /** Whether the KMS is to be asked again. */
    boolean isDueAt(Instant time) {
        return details.refreshAfter().filter(after -> !time.isBefore(after)).isPresent()
                || details.refreshAfterMessages().isPresent()
                        && count.messages() >= details.refreshAfterMessages().getAsLong();
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "HeldCek[" + details.keyId().toHex() + ", hidden]";
    }
}
