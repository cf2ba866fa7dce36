package org.mckms.platform.audit;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.protocol.audit.AuditCheckpoint;
import org.mckms.protocol.audit.AuditRecord;

/** Reads the audit trail. {@code DATABASE_UNAVAILABLE} if the database does not answer. */
public interface AuditArchive {

    /**
     * A record and its place in this server's database.
     *
     * @param position grows in the order of writing, with gaps
     */
    record Placed(long position, AuditRecord record) {}

    /** Records after a position, at most {@code limit}, of one event or of all. */
    List<Placed> page(long after, int limit, Optional<String> event);

    /** Hands over all records, chain by chain in the order of their opening, without holding them in memory. */
    void forEachRecord(Consumer<AuditRecord> consumer);

    /** Hands over all checkpoints in order. */
    void forEachCheckpoint(Consumer<AuditCheckpoint> consumer);

    /** The newest checkpoint, if there is one. */
    Optional<AuditCheckpoint> newestCheckpoint();
}
