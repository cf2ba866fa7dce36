package org.mckms.platform.audit;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.protocol.audit.AuditFault;
import org.mckms.protocol.audit.AuditRecord;

/** Reads the audit trail. {@code DATABASE_UNAVAILABLE} if the database does not answer. Lines are not verified. */
public interface AuditArchive {

    /**
     * A record and its place in this server's database.
     *
     * @param position grows in the order of writing, with gaps
     */
    record Placed(long position, AuditRecord record) {}

    /** Records after a position, at most {@code limit}, of one event or of all. */
    List<Placed> page(long after, int limit, Optional<String> event);

    /** Hands over the lines of all records as stored, chain by chain in the order of opening, not held in memory. */
    void forEachRecord(Consumer<String> consumer);

    /** Hands over the lines of all checkpoints as stored, in order. Take them before the records they speak of. */
    void forEachCheckpoint(Consumer<String> consumer);

    /** The first checkpoint of the folder outside the database that the database does not have just so. */
    Optional<AuditFault> folderFault();
}
