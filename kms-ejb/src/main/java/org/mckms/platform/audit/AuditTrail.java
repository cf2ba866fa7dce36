package org.mckms.platform.audit;

/** Writes to the audit trail. */
public interface AuditTrail {

    /**
     * Appends one record and returns when it is on disk. What must not happen unrecorded is released after this call.
     *
     * @throws org.mckms.protocol.error.KmsException {@code AUDIT_UNAVAILABLE} if that cannot be done in time; the record
     *     may still appear later
     */
    void record(AuditNote note);

    /** Whether records can be written now, and one sentence about it; never waits. */
    AuditStatus status();
}
