package org.mckms.kms.wiring;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.SelfCheckAlarm;
import org.mckms.kms.domain.VaultListener;
import org.mckms.platform.KmsLog;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsException;

/** Writes what happens to the vault by itself to log and audit trail. */
final class VaultEvents implements VaultListener, SelfCheckAlarm {

    private static final String VAULT = "vault";

    private final AuditTrail audit;

    VaultEvents(AuditTrail audit) {
        this.audit = requireNonNull(audit, "audit");
    }

    @Override
    public void vaultLost(String detail) {
        KmsLog.LOG.vaultLost(detail);
        write(event(AuditEvent.VAULT_LOST, AuditNote.OK, VAULT).with("reason", detail));
    }

    @Override
    public void vaultRecovered(String detail) {
        KmsLog.LOG.vaultRecovered(detail);
        write(event(AuditEvent.VAULT_RECOVERED, AuditNote.OK, VAULT).with("reason", detail));
    }

    @Override
    public void vaultDeactivated(String reason) {
        KmsLog.LOG.vaultDeactivated(reason);
        write(event(AuditEvent.VAULT_DEACTIVATED, AuditNote.OK, VAULT).with("reason", reason));
    }

    @Override
    public void mastersRefused(EpochId epoch, String detail) {
        KmsLog.LOG.mastersRefused(epoch.toString(), detail);
        write(event(AuditEvent.SELF_CHECK_FAILED, "MASTERS_REFUSED", epoch.toString())
                .with("reason", detail));
    }

    @Override
    public void memoryExposed(List<String> findings) {
        KmsLog.LOG.memoryExposed(String.join("; ", findings));
    }

    @Override
    public void selfCheckFailed(EpochId epoch, String userUri, int failures) {
        KmsLog.LOG.selfCheckFailed(epoch.toString(), failures);
        write(event(AuditEvent.SELF_CHECK_FAILED, "REFUSED", userUri)
                .with("epoch", epoch.toString())
                .with("failures", Integer.toString(failures)));
    }

    /** The server stops with the vault open. */
    void serverStops() {
        write(event(AuditEvent.VAULT_DEACTIVATED, AuditNote.OK, VAULT).with("reason", "the server stops"));
    }

    private static AuditNote event(AuditEvent event, String outcome, String subject) {
        return AuditNote.of(event, outcome, AuditNote.SYSTEM, subject);
    }

    /** Nobody waits for these; what cannot be written is at least logged. */
    private void write(AuditNote note) {
        try {
            audit.record(note);
        } catch (KmsException e) {
            KmsLog.LOG.eventNotAudited(note.event().name(), e);
        }
    }
}
