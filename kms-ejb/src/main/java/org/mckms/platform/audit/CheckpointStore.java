package org.mckms.platform.audit;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.audit.AuditCheckpoint;
import org.mckms.protocol.audit.ChainHead;

/** The database side of checkpoints. */
interface CheckpointStore {

    /** Makes the next checkpoint of the newest one and of all heads; empty if none is due. */
    @FunctionalInterface
    interface Maker {
        Optional<AuditCheckpoint> make(Optional<AuditCheckpoint> newest, SortedMap<String, ChainHead> heads);
    }

    /** Runs the maker under the lock of all nodes and stores what it makes, in one transaction. */
    Optional<AuditCheckpoint> make(Maker maker) throws SQLException;

    /** Checkpoints after a number, at most {@code limit}. */
    List<AuditCheckpoint> after(long number, int limit) throws SQLException;

    Optional<AuditCheckpoint> find(long number) throws SQLException;

    /** Hash of one record, if it is there. */
    Optional<Octets> recordHash(String chain, long sequence) throws SQLException;
}
