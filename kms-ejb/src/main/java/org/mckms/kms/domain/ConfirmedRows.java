package org.mckms.kms.domain;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;

/**
 * Contents of rows whose MACs the token has confirmed, so that it is not asked for each request again. Bounded; what was
 * not looked at for longest is forgotten first. Thread-safe.
 */
final class ConfirmedRows {

    private final Map<Octets, Boolean> hashes;

    ConfirmedRows(int capacity) {
        hashes = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Octets, Boolean> eldest) {
                return size() > capacity;
            }
        };
    }

    boolean contains(Octets message, Octets mac) {
        Octets hash = hash(message, mac);
        synchronized (this) {
            return hashes.get(hash) != null;
        }
    }

    void add(Octets message, Octets mac) {
        Octets hash = hash(message, mac);
        synchronized (this) {
            hashes.put(hash, Boolean.TRUE);
        }
    }

    /** The message is hashed first, so that no other pair gives the same octets. */
    private static Octets hash(Octets message, Octets mac) {
        return Sha256.of(Sha256.of(message), mac);
    }
}
