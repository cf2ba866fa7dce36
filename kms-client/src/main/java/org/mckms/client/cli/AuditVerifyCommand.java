package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.mckms.client.AdminClient;
import org.mckms.protocol.audit.AuditReport;
import org.mckms.protocol.audit.AuditVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kmsctl audit verify}. */
@Command(
        name = "verify",
        description = "Verify an exported audit trail without the server, or let the server verify its own.",
        footer = {
            "",
            "Checks that no record is missing or altered, no chain is lost, and every checkpoint is signed.",
            "Checkpoints kept outside of the database tell more than those exported with the records: a database",
            "put back to an older state does not hold what they name.",
            "Examples: kmsctl audit verify audit-copy",
            "          kmsctl audit verify audit-copy --checkpoints /backup/checkpoints",
            "          kmsctl audit verify --online"
        })
final class AuditVerifyCommand extends KmsctlCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            description = "folder written by `kmsctl audit export`, or a file of records")
    private Path path;

    @Option(
            names = "--checkpoints",
            paramLabel = "PATH",
            description = "file or folder of checkpoints (default: in the folder of the export)")
    private Path checkpoints;

    @Option(
            names = "--certificate",
            paramLabel = "PEM",
            description = "audit certificate (default: in the folder of the export)")
    private Path certificate;

    @Option(names = "--online", description = "let the server verify its own trail")
    private boolean online;

    @Mixin
    private AdminOptions admin;

    @Override
    public Integer call() throws IOException {
        if (online == (path != null)) {
            throw new WrongUseException("give a path, or --online");
        }
        return online ? verifyOnline() : verifyOffline();
    }

    private int verifyOnline() {
        AdminClient client = admin.client(home(), "auditor");
        JsonObject answer = context().progress("verifying", client::verifyAudit);
        new AdminResult(this).show(answer);
        if (!answer.getBoolean("holds", false)) {
            console().error("the audit trail does not hold");
            return ExitCode.FAILED;
        }
        return ExitCode.DONE;
    }

    private int verifyOffline() throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        Path records = Files.isDirectory(path) ? path.resolve(AuditCommand.RECORDS) : path;
        X509Certificate signer = AuditVerifier.certificate(
                Files.readAllBytes(beside(records, certificate, "--certificate", AuditCommand.CERTIFICATE)));
        AuditReport report;
        try (InputStream recordLines = new BufferedInputStream(Files.newInputStream(records));
                InputStream checkpointLines =
                        lines(beside(records, checkpoints, "--checkpoints", AuditCommand.CHECKPOINTS))) {
            report = context().progress("verifying", () -> verify(recordLines, checkpointLines, signer));
        }
        show(report);
        return report.holds() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Path beside(Path records, Path given, String option, String usualName) {
        if (given != null) {
            return given;
        }
        if (!Files.isDirectory(path)) {
            throw new WrongUseException(option + " is needed with a single file of records");
        }
        return records.resolveSibling(usualName);
    }

    private static InputStream lines(Path fileOrFolder) throws IOException {
        return Files.isDirectory(fileOrFolder)
                ? CheckpointFolder.lines(fileOrFolder)
                : new BufferedInputStream(Files.newInputStream(fileOrFolder));
    }

    private void show(AuditReport report) {
        if (json()) {
            JsonObjectBuilder result = Json.createObjectBuilder()
                    .add("holds", report.holds())
                    .add("records", report.records())
                    .add("chains", report.chains())
                    .add("checkpoints", report.checkpoints());
            report.firstFault().ifPresent(fault -> result.add("firstFault", fault.toString()));
            JsonText.print(console(), result.build());
        } else {
            new Table()
                    .row("records", Long.toString(report.records()))
                    .row("chains", Long.toString(report.chains()))
                    .row("checkpoints", Long.toString(report.checkpoints()))
                    .row("result", report.holds() ? "the audit trail holds" : "DOES NOT HOLD")
                    .print(console());
        }
        report.firstFault().ifPresent(fault -> console().error("first fault: " + fault));
    }

    private static AuditReport verify(InputStream records, InputStream checkpoints, X509Certificate signer) {
        try {
            return AuditVerifier.verify(records, checkpoints, signer);
        } catch (IOException e) {
            throw new CommandFailedException("cannot read the audit trail: " + e.getMessage());
        }
    }
}
