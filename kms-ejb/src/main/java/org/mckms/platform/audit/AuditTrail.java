package org.mckms.platform.audit;

import java.util.List;

/** Writes to the audit trail. */
public interface AuditTrail {

    /**
     * Appends one record and returns when it is on disk. What must not happen unrecorded is released after this call.
     *
     * @throws org.mckms.protocol.error.KmsException {@code AUDIT_UNAVAILABLE} if that cannot be done in time; the record
     *     may still appear later
     */
    void record(AuditNote note);

    /**
     * Appends some records, in order, and returns when all are on disk; they share the wait.
     *
     * @throws org.mckms.protocol.error.KmsException as {@link #record}; each of them may still appear later
     */
    default void recordAll(List<AuditNote> notes) {
        notes.forEach(this::record);
    }

    /**
     * Appends one record as soon as that is possible, now or when the database is back. For what has happened already and
     * is only to be known; lost if the server ends before.
     */
    void recordLater(AuditNote note);

    /** Whether records can be written now, and one sentence about it; never waits. */
    AuditStatus status();
}
