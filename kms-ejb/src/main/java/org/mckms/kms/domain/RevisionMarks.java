package org.mckms.kms.domain;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;

/**
 * The highest revision that was ever seen of a row of client keys or of an identity: an older row is authentic too, but
 * somebody put it back. Bounded; what was not looked at for longest is forgotten first. Thread-safe.
 */
public final class RevisionMarks {

    private static final long KNOWN = 0;

    private final Map<Mark, Long> newest;

    /** @param capacity most rows and identities remembered together */
    public RevisionMarks(int capacity) {
        newest = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Mark, Long> eldest) {
                return size() > capacity;
            }
        };
    }

    /** Takes note of a revision that is authentic and committed. */
    public synchronized void saw(ClientKeysId id, long revision) {
        newest.merge(Mark.of(id.ownerUri()), KNOWN, Math::max);
        newest.merge(Mark.of(id), revision, Math::max);
    }

    /** 0 if nothing is known. */
    public synchronized long newest(ClientKeysId id) {
        return newest.getOrDefault(Mark.of(id), 0L);
    }

    /** Whether an identity has ever had a row. */
    public synchronized boolean isKnown(String ownerUri) {
        return newest.get(Mark.of(ownerUri)) != null;
    }

    /** Takes note of a revision of an identity's own row that is authentic and committed. */
    public synchronized void sawIdentity(String uri, long revision) {
        newest.merge(Mark.ofIdentity(uri), revision, Math::max);
    }

    /** The newest known revision of an identity's own row, 0 if none is known. */
    public synchronized long newestOfIdentity(String uri) {
        return newest.getOrDefault(Mark.ofIdentity(uri), 0L);
    }

    /** The first 128 bits of a SHA-256, which are shorter than what they stand for. */
    private record Mark(long high, long low) {

        static Mark of(ClientKeysId id) {
            return of(id.ownerUri() + '\n' + id.device());
        }

        /** Begins with what no owner of keys begins with. */
        static Mark ofIdentity(String uri) {
            return of('\n' + uri);
        }

        static Mark of(String text) {
            ByteBuffer hash = ByteBuffer.wrap(Sha256.of(Octets.ofUtf8(text)).toByteArray());
            return new Mark(hash.getLong(), hash.getLong());
        }
    }
}
