package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import java.io.OutputStream;
import java.util.Optional;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.audit.AuditReport;

/** Lets auditors read, export and verify the audit trail. Role: auditor. */
@Stateless
public class AuditReview {

    /** Records after a position (0 = from the start), at most {@code limit} (1 to 500). */
    public AuditPage list(OperatorIdentity caller, long after, int limit, Optional<AuditEvent> event) {
        throw new UnsupportedOperationException();
    }

    /** Writes all records as JSON lines, without holding them in memory. Does not close the stream. */
    public void export(OperatorIdentity caller, OutputStream out) {
        throw new UnsupportedOperationException();
    }

    /** Writes all checkpoints as JSON lines. Does not close the stream. */
    public void checkpoints(OperatorIdentity caller, OutputStream out) {
        throw new UnsupportedOperationException();
    }

    /** The certificate under which checkpoints are signed, DER encoded. */
    public byte[] certificate(OperatorIdentity caller) {
        throw new UnsupportedOperationException();
    }

    /** Verifies the whole trail as {@code kmsctl audit verify} does. */
    public AuditReport verify(OperatorIdentity caller) {
        throw new UnsupportedOperationException();
    }
}
