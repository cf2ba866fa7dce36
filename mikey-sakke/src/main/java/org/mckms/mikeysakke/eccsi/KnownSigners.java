package org.mckms.mikeysakke.eccsi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.curve.P256FixedBaseTable;
import org.mckms.mikeysakke.curve.P256Point;

/**
 * The signers that a verifier has met lately, each known by HS, the hash of KPAK, identity and PVT: the least recently met one is
 * forgotten first. Holds public values only. Thread safe.
 *
 * <p>Only signatures that verified count, so that nobody else can push a signer out. The table of Y is made after {@link #MEETINGS}:
 * it costs about as much time as it saves in that number of verifications.
 */
final class KnownSigners {
    /** Verified signatures after which a signer gets a table. */
    static final int MEETINGS = 16;

    private final int capacity;
    private final Map<Octets, Signer> signers = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Signer {
        private int meetings;
        private P256FixedBaseTable table;
    }

    KnownSigners(int capacity) {
        this.capacity = capacity;
    }

    /** The table of Y, if the signer has one. */
    synchronized Optional<P256FixedBaseTable> table(Octets hs) {
        Signer signer = signers.get(hs);
        return signer == null ? Optional.empty() : Optional.ofNullable(signer.table);
    }

    /** Counts a verified signature of the signer; the one call that completes the number of meetings makes the table of {@code y}. */
    void remember(Octets hs, Supplier<P256Point> y) {
        if (countMeeting(hs) == MEETINGS) {
            P256FixedBaseTable table = new P256FixedBaseTable(y.get());
            keepTable(hs, table);
        }
    }

    private synchronized int countMeeting(Octets hs) {
        if (capacity == 0) {
            return 0;
        }
        Signer signer = signers.computeIfAbsent(hs, unused -> new Signer());
        if (signers.size() > capacity) {
            signers.remove(signers.keySet().iterator().next());
        }
        return ++signer.meetings;
    }

    private synchronized void keepTable(Octets hs, P256FixedBaseTable table) {
        Signer signer = signers.get(hs);
        if (signer != null) {
            signer.table = table;
        }
    }
}
