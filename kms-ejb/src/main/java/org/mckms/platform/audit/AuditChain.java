package org.mckms.platform.audit;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.mckms.platform.KmsLog;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.audit.AuditRecord;
import org.mckms.protocol.audit.ChainHead;

/** The hash chain of this start of this node. Used by one thread. */
final class AuditChain implements AutoCloseable {

    private static final DateTimeFormatter START =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String node;
    private final AuditStore store;
    private final StartCheck startCheck;
    private final Clock clock;
    private final Supplier<UUID> names;
    private StoredChain committed;
    private StoredChain attempted;

    /** Says whether this database may be appended to. */
    @FunctionalInterface
    interface StartCheck {
        /** Throws a KmsException with one sentence for the operator if the trail in the database is not the newest known. */
        void run() throws SQLException;
    }

    AuditChain(String node, AuditStore store, StartCheck startCheck, Clock clock, Supplier<UUID> names) {
        this.node = requireNonNull(node, "node");
        this.store = requireNonNull(store, "store");
        this.startCheck = requireNonNull(startCheck, "startCheck");
        this.clock = requireNonNull(clock, "clock");
        this.names = requireNonNull(names, "names");
    }

    String name() {
        return committed == null ? "(none)" : committed.chain();
    }

    /** Begins the chain, or after a failed write finds out where it stands. */
    void open() throws SQLException, AuditLostException {
        if (committed == null) {
            startCheck.run();
            begin();
        } else {
            resume();
        }
    }

    private void begin() throws SQLException {
        Instant now = clock.instant();
        String name =
                node + "-" + START.format(now) + "-" + names.get().toString().substring(0, 8);
        List<StoredChain> crashed = store.openChains(node);
        List<AuditRecord> records = new ArrayList<>();
        records.add(AuditRecord.first(
                name,
                AuditNote.of(AuditEvent.CHAIN_OPENED, AuditNote.OK, AuditNote.SYSTEM, name)
                        .entry(now, node)));
        for (StoredChain chain : crashed) {
            records.add(AuditRecord.after(
                    name, last(records).head(), adoption(chain).entry(now, node)));
        }
        StoredChain begun = new StoredChain(
                name, node, StoredChain.State.OPEN, last(records).head());
        store.begin(begun, now, records, crashed);
        committed = begun;
        crashed.forEach(c -> KmsLog.LOG.auditAdopted(c.chain()));
        KmsLog.LOG.auditOpen(name);
    }

    private static AuditNote adoption(StoredChain crashed) {
        SortedMap<String, String> details = AuditRecord.adoption(crashed.chain(), crashed.head());
        return new AuditNote(
                AuditEvent.CHAIN_ADOPTED, AuditNote.OK, AuditNote.SYSTEM, crashed.chain(), new TreeMap<>(details));
    }

    private void resume() throws SQLException, AuditLostException {
        StoredChain stored = store.find(committed.chain())
                .orElseThrow(() -> new AuditLostException("audit chain " + committed.chain()
                        + " is not in the database any more; the database was replaced. Restore it and restart"));
        if (stored.equals(attempted)) {
            committed = stored;
        } else if (!stored.equals(committed)) {
            throw notOurs();
        }
        attempted = null;
    }

    private AuditLostException notOurs() {
        return new AuditLostException("audit chain " + committed.chain() + " was changed by somebody else;"
                + " check that no other server uses kms.node=" + node + ", then restart");
    }

    void append(List<AuditNote> notes, Instant time) throws SQLException, AuditLostException {
        write(notes, time, StoredChain.State.OPEN);
    }

    /** Writes the closing record. */
    void end(Instant time) throws SQLException, AuditLostException {
        AuditNote closing = AuditNote.of(AuditEvent.CHAIN_CLOSED, AuditNote.OK, AuditNote.SYSTEM, committed.chain());
        write(List.of(closing), time, StoredChain.State.CLOSED);
    }

    private void write(List<AuditNote> notes, Instant time, StoredChain.State state)
            throws SQLException, AuditLostException {
        List<AuditRecord> records = new ArrayList<>(notes.size());
        ChainHead head = committed.head();
        for (AuditNote note : notes) {
            AuditRecord record = AuditRecord.after(committed.chain(), head, note.entry(time, node));
            records.add(record);
            head = record.head();
        }
        attempted = new StoredChain(committed.chain(), node, state, head);
        if (!store.append(committed, attempted, records)) {
            throw notOurs();
        }
        committed = attempted;
        attempted = null;
    }

    private static AuditRecord last(List<AuditRecord> records) {
        return records.get(records.size() - 1);
    }

    @Override
    public void close() {
        store.close();
    }
}
