package org.mckms.platform.audit;

import static java.util.Objects.requireNonNull;

import org.mckms.platform.KmsLog;
import org.mckms.platform.row.TamperAlarm;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Tells log and audit trail of rows that were changed past this server. */
public final class TamperEvents implements TamperAlarm {

    private final AuditTrail audit;

    public TamperEvents(AuditTrail audit) {
        this.audit = requireNonNull(audit, "audit");
    }

    @Override
    public boolean rowTampered(String table, String id, String finding) {
        KmsLog.LOG.rowTampered(table, finding);
        try {
            audit.record(AuditNote.of(AuditEvent.ROW_TAMPERED, KmsErrorCode.INTERNAL.name(), AuditNote.SYSTEM, id)
                    .with("table", table)
                    .with("finding", finding));
            return true;
        } catch (KmsException e) {
            KmsLog.LOG.eventNotAudited(AuditEvent.ROW_TAMPERED.name(), e);
            return false;
        }
    }
}
