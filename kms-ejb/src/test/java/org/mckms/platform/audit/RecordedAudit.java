package org.mckms.platform.audit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** An audit trail that keeps its notes for a test, and can be away. */
public final class RecordedAudit implements AuditTrail {

    private final List<AuditNote> notes = new CopyOnWriteArrayList<>();
    private volatile boolean available = true;

    @Override
    public void record(AuditNote note) {
        if (!available) {
            throw new KmsException(KmsErrorCode.AUDIT_UNAVAILABLE, "away");
        }
        notes.add(note);
    }

    @Override
    public void recordLater(AuditNote note) {
        notes.add(note);
    }

    @Override
    public AuditStatus status() {
        return new AuditStatus(available, available ? "open" : "away");
    }

    public void available(boolean now) {
        available = now;
    }

    public List<AuditNote> notes() {
        return List.copyOf(notes);
    }

    public List<AuditEvent> events() {
        return notes.stream().map(AuditNote::event).toList();
    }

    /** The newest note. */
    public AuditNote last() {
        return notes.get(notes.size() - 1);
    }
}
