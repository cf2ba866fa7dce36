package org.mckms.platform.datakey;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Data keys in clear, as many as were needed lately, all of one activation of the vault. Lends copies, which the borrower
 * closes; its own are wiped when they are forgotten. Thread safe; never waits for token or database.
 */
final class UnwrappedKeys {

    /** Some months of one node; 64 octets and some overhead each. */
    static final int MOST = 4096;

    private final Duration idle;
    private final Map<UUID, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long activation;

    private static final class Entry {
        private final DataKey key;
        private Instant lent;

        private Entry(DataKey key, Instant lent) {
            this.key = key;
            this.lent = lent;
        }
    }

    /** @param idle how long a key stays that nobody asks for */
    UnwrappedKeys(Duration idle) {
        this.idle = idle;
    }

    /** A copy, if the key is here and was unwrapped in this activation. */
    synchronized Optional<DataKey> lend(long now, UUID id, Instant at) {
        if (now != activation) {
            return Optional.empty();
        }
        Entry entry = entries.get(id);
        if (entry == null) {
            return Optional.empty();
        }
        entry.lent = at;
        return Optional.of(entry.key.copy());
    }

    /** Keeps a copy, unless it was unwrapped in an activation that has passed. */
    synchronized void keep(long unwrappedIn, DataKey key, Instant at) {
        if (unwrappedIn < activation) {
            return;
        }
        if (unwrappedIn > activation) {
            end(unwrappedIn - 1);
        }
        Entry former = entries.put(key.id(), new Entry(key.copy(), at));
        if (former != null) {
            former.key.close();
        }
        if (entries.size() > MOST) {
            forgetEldest();
        }
    }

    private void forgetEldest() {
        Iterator<Entry> eldest = entries.values().iterator();
        eldest.next().key.close();
        eldest.remove();
    }

    /** Wipes what nobody has asked for of late. */
    synchronized void forgetIdle(Instant now) {
        entries.values().removeIf(entry -> {
            boolean over = entry.lent.plus(idle).isBefore(now);
            if (over) {
                entry.key.close();
            }
            return over;
        });
    }

    /** Wipes everything of an activation that has ended and of those before it, and takes nothing of them any more. */
    synchronized void end(long ended) {
        if (ended >= activation) {
            forgetAll();
            activation = ended + 1;
        }
    }

    private void forgetAll() {
        entries.values().forEach(entry -> entry.key.close());
        entries.clear();
    }

    synchronized int size() {
        return entries.size();
    }
}
