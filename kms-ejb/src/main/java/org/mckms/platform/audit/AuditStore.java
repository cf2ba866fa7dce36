package org.mckms.platform.audit;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.protocol.audit.AuditRecord;

/**
 * The database side of one appender. Every method is one transaction and is called by one thread; what it has written is
 * on disk when it returns. After an {@link SQLException} of a writing method nobody knows whether it was committed; the
 * appender finds out by {@link #find}.
 */
interface AuditStore extends AutoCloseable {

    /** Chains of this node that were neither closed nor adopted. */
    List<StoredChain> openChains(String node) throws SQLException;

    Optional<StoredChain> find(String chain) throws SQLException;

    /** Adds a chain with its first records and marks the adopted ones. */
    void begin(StoredChain chain, Instant openedAt, List<AuditRecord> records, List<StoredChain> adopted)
            throws SQLException;

    /**
     * Adds records and moves the head from where it was.
     *
     * @param before the chain as the appender knows it
     * @param after  the same chain with the head of the last record, possibly closed
     * @return false, and nothing written, if the database knows another head or state: the chain is not ours any more
     */
    boolean append(StoredChain before, StoredChain after, List<AuditRecord> records) throws SQLException;

    /** Gives the connection back; the next call takes a new one. */
    @Override
    void close();
}
