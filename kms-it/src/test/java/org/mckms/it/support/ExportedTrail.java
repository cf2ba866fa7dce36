package org.mckms.it.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.mckms.protocol.audit.AuditReport;
import org.mckms.protocol.audit.AuditVerifier;

/**
 * The audit trail as an auditor takes it away: records and checkpoints as JSON lines, and the certificate of the
 * checkpoints in PEM.
 */
public record ExportedTrail(String records, String checkpoints, byte[] certificate) {
    private static final Duration CHECKPOINT_LIMIT = Duration.ofSeconds(60);

    public ExportedTrail {
        certificate = certificate.clone();
    }

    @Override
    public byte[] certificate() {
        return certificate.clone();
    }

    /** Exports the trail, as soon as there is a checkpoint. */
    public static ExportedTrail of(Kms kms) {
        AdminFace auditor = kms.admin("auditor");
        String checkpoints = Await.value("a first checkpoint", CHECKPOINT_LIMIT, () -> {
            String lines = auditor.get("/audit/checkpoints").text();
            return lines.isBlank() ? Optional.empty() : Optional.of(lines);
        });
        return new ExportedTrail(
                auditor.get("/audit/export").text(),
                checkpoints,
                auditor.get("/audit/certificate").body());
    }

    /** The same trail with other records. */
    public ExportedTrail withRecords(String others) {
        return new ExportedTrail(others, checkpoints, certificate);
    }

    /** Verifies the trail with the product's verifier, as {@code kmsctl audit verify} does. */
    public AuditReport verify() {
        try {
            return AuditVerifier.verify(stream(records), stream(checkpoints), AuditVerifier.certificate(certificate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteArrayInputStream stream(String lines) {
        return new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
    }
}
