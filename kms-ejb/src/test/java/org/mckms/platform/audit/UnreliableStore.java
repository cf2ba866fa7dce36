package org.mckms.platform.audit;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.mckms.protocol.audit.AuditRecord;

/** A store whose commits fail on demand, before or after they took effect. */
final class UnreliableStore implements AuditStore {

    enum Mode {
        WORKS,
        /** The connection broke before the commit. */
        NOT_COMMITTED,
        /** The connection broke after the commit and before its answer. */
        COMMITTED_UNANSWERED,
        UNREACHABLE
    }

    private final AuditStore store;
    private final AtomicInteger appends = new AtomicInteger();
    private volatile Mode mode;

    UnreliableStore(AuditStore store, Mode mode) {
        this.store = store;
        this.mode = mode;
    }

    void become(Mode next) {
        mode = next;
    }

    int appends() {
        return appends.get();
    }

    private void reach() throws SQLException {
        if (mode == Mode.UNREACHABLE) {
            throw new SQLException("connection refused");
        }
    }

    @Override
    public List<StoredChain> openChains(String node) throws SQLException {
        reach();
        return store.openChains(node);
    }

    @Override
    public Optional<StoredChain> find(String chain) throws SQLException {
        reach();
        return store.find(chain);
    }

    @Override
    public void begin(StoredChain chain, Instant openedAt, List<AuditRecord> records, List<StoredChain> adopted)
            throws SQLException {
        reach();
        store.begin(chain, openedAt, records, adopted);
    }

    @Override
    public boolean append(StoredChain before, StoredChain after, List<AuditRecord> records) throws SQLException {
        reach();
        appends.incrementAndGet();
        if (mode == Mode.NOT_COMMITTED) {
            mode = Mode.WORKS;
            throw new SQLException("broken before the commit");
        }
        boolean done = store.append(before, after, records);
        if (mode == Mode.COMMITTED_UNANSWERED) {
            mode = Mode.WORKS;
            throw new SQLException("broken after the commit");
        }
        return done;
    }

    @Override
    public void close() {
        store.close();
    }
}
