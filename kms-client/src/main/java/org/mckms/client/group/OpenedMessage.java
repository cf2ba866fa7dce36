package org.mckms.client.group;

import java.time.Instant;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.OpenedKey;

/** A message that passed all checks, with its key, which is wiped on close. */
public final class OpenedMessage implements AutoCloseable {
    private final Sender sender;
    private final Instant time;
    private final Octets digest;
    private final Instant usableUntil;
    private final OpenedKey key;

    /** Takes over the key. */
    OpenedMessage(Sender sender, Instant time, Octets digest, Instant usableUntil, OpenedKey key) {
        this.sender = sender;
        this.time = time;
        this.digest = digest;
        this.usableUntil = usableUntil;
        this.key = key;
    }

    /** Who signed it: one of the senders that were expected. */
    public Sender sender() {
        return sender;
    }

    /** Its timestamp. */
    public Instant time() {
        return time;
    }

    /** Its name, by which a replay is known. */
    public Octets digest() {
        return digest;
    }

    /** When nobody accepts it any more: the memory of replays may forget it then. */
    public Instant usableUntil() {
        return usableUntil;
    }

    /** The key, its identifiers and parameters; lent until this is closed. */
    public OpenedKey key() {
        return key;
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "OpenedMessage[" + key + " from " + sender.uri() + "]";
    }
}
