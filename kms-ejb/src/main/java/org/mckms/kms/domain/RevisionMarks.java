package org.mckms.kms.domain;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;

/**
 * The highest revision that was ever seen of a row of client keys or of an identity: an older row is authentic too, but
 * somebody put it back. Bounded; what was not looked at for longest is forgotten first. Thread-safe.
 */
public final class RevisionMarks {

    private static final long KNOWN = 0;

    /** Guarded by itself. */
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
    public void saw(ClientKeysId id, long revision) {
        raise(Mark.of(id.ownerUri()), KNOWN);
        raise(Mark.of(id), revision);
    }

    /** 0 if nothing is known. */
    public long newest(ClientKeysId id) {
        return revision(Mark.of(id)).orElse(0);
    }

    /** Whether an identity has ever had a row. */
    public boolean isKnown(String ownerUri) {
        return revision(Mark.of(ownerUri)).isPresent();
    }

    /** Takes note of a revision of an identity's own row that is authentic and committed. */
    public void sawIdentity(String uri, long revision) {
        raise(Mark.ofIdentity(uri), revision);
    }

    /** The newest known revision of an identity's own row, 0 if none is known. */
    public long newestOfIdentity(String uri) {
        return revision(Mark.ofIdentity(uri)).orElse(0);
    }

    /** Marks are made outside of the lock, which every request takes several times. */
    private void raise(Mark mark, long revision) {
        synchronized (newest) {
            newest.merge(mark, revision, Math::max);
        }
    }

    private OptionalLong revision(Mark mark) {
        Long known;
        synchronized (newest) {
            known = newest.get(mark);
        }
        return known == null ? OptionalLong.empty() : OptionalLong.of(known);
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
