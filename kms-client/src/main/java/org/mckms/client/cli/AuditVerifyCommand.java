package org.mckms.client.cli;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import org.mckms.client.AdminClient;
import org.mckms.protocol.audit.AuditFault;
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
            "Checks that no record is missing or altered, no chain is lost, and every checkpoint is signed. An export",
            "without checkpoint does not hold. Records behind the newest checkpoint are not signed yet: compare its",
            "number and time with what is known elsewhere, or demand it with --at-least-checkpoint.",
            "Checkpoints kept outside of the database tell more than those exported with the records: a database",
            "put back to an older state does not hold what they name.",
            "Whoever made up an export can put a certificate of their own beside it: note the SHA-256 of the right one",
            "when the token is made, and give it.",
            "Examples: kmsctl audit verify audit-copy --certificate-sha256 $(cat audit.sha256)",
            "          kmsctl audit verify audit-copy --checkpoints /backup/checkpoints --at-least-checkpoint 4711",
            "          kmsctl audit verify --online"
        })
final class AuditVerifyCommand extends KmsctlCommand {
    private static final Duration USUAL_ONLINE_LIMIT = Duration.ofHours(1);

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
            names = "--at-least-checkpoint",
            paramLabel = "N",
            description = "number that the newest checkpoint must have reached (default: 1; with --online none)")
    private Long atLeastCheckpoint;

    @Option(
            names = "--certificate",
            paramLabel = "PEM",
            description = "audit certificate (default: in the folder of the export)")
    private Path certificate;

    @Option(
            names = "--certificate-sha256",
            paramLabel = "HEX",
            description = "SHA-256 that the audit certificate (DER) must have")
    private String certificateSha256;

    @Option(names = "--online", description = "let the server verify its own trail")
    private boolean online;

    @Mixin
    private AdminOptions admin;

    @Override
    public Integer call() throws IOException {
        if (online == (path != null)) {
            throw new WrongUseException("give a path, or --online");
        }
        if (online && (checkpoints != null || certificate != null || certificateSha256 != null)) {
            throw new WrongUseException("--online verifies with the server's own checkpoints and certificate");
        }
        if (atLeastCheckpoint != null && atLeastCheckpoint < 1) {
            throw new WrongUseException("checkpoints are numbered from 1: " + atLeastCheckpoint);
        }
        return online ? verifyOnline() : verifyOffline();
    }

    private int verifyOnline() {
        AdminClient client = admin.client(home(), "auditor");
        Duration limit = admin.timeoutOr(USUAL_ONLINE_LIMIT);
        JsonObject answer = context().progress("verifying", () -> client.verifyAudit(limit));
        new AdminResult(this).show(answer);
        long newest = answer.get("checkpoints") instanceof JsonNumber number ? number.longValue() : 0;
        if (!answer.getBoolean("holds", false)) {
            console().error("the audit trail does not hold");
            return ExitCode.FAILED;
        }
        if (atLeastCheckpoint != null && newest < atLeastCheckpoint) {
            console().error("the newest checkpoint has number " + newest + ", not at least " + atLeastCheckpoint);
            return ExitCode.FAILED;
        }
        if (newest == 0) {
            console().warning("there is no checkpoint yet: nothing of the trail is signed");
        }
        return ExitCode.DONE;
    }

    private int verifyOffline() throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        CertificatePin pin = CertificatePin.of(certificateSha256);
        Path records = Files.isDirectory(path) ? path.resolve(AuditCommand.RECORDS) : path;
        X509Certificate signer = AuditVerifier.certificate(
                Files.readAllBytes(beside(records, certificate, "--certificate", AuditCommand.CERTIFICATE)));
        AuditReport report;
        if (pin.fits(signer)) {
            try (InputStream recordLines = new BufferedInputStream(Files.newInputStream(records));
                    InputStream checkpointLines =
                            lines(beside(records, checkpoints, "--checkpoints", AuditCommand.CHECKPOINTS))) {
                report = context().progress("verifying", () -> verify(recordLines, checkpointLines, signer));
            }
        } else {
            report = nothingVerified();
        }
        new AuditVerificationResult(this, report, CertificatePin.sha256(signer)).show();
        if (!report.holds() && report.checkpoints() == 0 && pin.fits(signer)) {
            console().hint("a server signs a checkpoint every few seconds while its vault is active: export again");
        }
        if (certificate == null && !pin.isGiven()) {
            console()
                    .warning(
                            "the audit certificate came with the records: whoever made them up could have made it too");
            console().hint("compare its SHA-256 with the one noted when the token was made: --certificate-sha256");
        }
        return report.holds() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static AuditReport nothingVerified() {
        AuditFault fault = new AuditFault("certificate", "its SHA-256 is not the one given, so nothing was verified");
        return new AuditReport(0, 0, 0, Optional.of(fault));
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

    private AuditReport verify(InputStream records, InputStream checkpointLines, X509Certificate signer) {
        try {
            long demanded = atLeastCheckpoint == null ? 1 : atLeastCheckpoint;
            return AuditVerifier.verify(records, checkpointLines, signer, demanded);
        } catch (IOException e) {
            throw new CommandFailedException("cannot read the audit trail: " + e.getMessage());
        }
    }
}
