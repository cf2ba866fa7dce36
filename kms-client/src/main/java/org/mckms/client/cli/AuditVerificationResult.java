package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import org.mckms.protocol.audit.AuditReport;

/** Shows what the verification of an exported audit trail found. */
final class AuditVerificationResult {
    private final KmsctlCommand command;
    private final AuditReport report;
    private final String certificateSha256;

    AuditVerificationResult(KmsctlCommand command, AuditReport report, String certificateSha256) {
        this.command = command;
        this.report = report;
        this.certificateSha256 = certificateSha256;
    }

    void show() {
        if (command.json()) {
            showJson();
        } else {
            showTable();
        }
        report.firstFault().ifPresent(fault -> command.console().error("first fault: " + fault));
    }

    private void showJson() {
        JsonObjectBuilder result = Json.createObjectBuilder()
                .add("holds", report.holds())
                .add("records", report.records())
                .add("chains", report.chains())
                .add("checkpoints", report.checkpoints());
        report.newestCheckpoint().ifPresent(time -> result.add("newestCheckpoint", time.toString()));
        result.add("uncovered", report.uncovered()).add("certificateSha256", certificateSha256);
        report.firstFault().ifPresent(fault -> result.add("firstFault", fault.toString()));
        JsonText.print(command.console(), result.build());
    }

    private void showTable() {
        new Table()
                .row("records", Long.toString(report.records()))
                .row("chains", Long.toString(report.chains()))
                .row("checkpoints", Long.toString(report.checkpoints()))
                .row("newest checkpoint", newestCheckpoint())
                .row("records behind it", report.uncovered() + (report.uncovered() == 0 ? "" : ", not signed yet"))
                .row("certificate SHA-256", certificateSha256)
                .row("result", report.holds() ? "the audit trail holds" : "DOES NOT HOLD")
                .print(command.console());
    }

    private String newestCheckpoint() {
        return report.newestCheckpoint()
                .map(time -> "number " + report.checkpoints() + " of " + time)
                .orElse("none");
    }
}
