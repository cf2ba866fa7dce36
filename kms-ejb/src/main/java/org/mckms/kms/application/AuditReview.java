package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.kms.domain.TokenServices;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.platform.audit.AuditArchive;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.protocol.audit.AuditCheckpoint;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.audit.AuditFault;
import org.mckms.protocol.audit.AuditRecord;
import org.mckms.protocol.audit.AuditReport;
import org.mckms.protocol.audit.AuditVerifier;

/** Lets auditors read, export and verify the audit trail. Role: auditor. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(OperatorRefusals.class)
public class AuditReview {

    /** Largest page. */
    public static final int MAX_PAGE = 500;

    @Inject
    AuditArchive archive;

    @Inject
    AuditTrail audit;

    @Inject
    TokenServices tokens;

    /**
     * Records after a position, in the order of writing.
     *
     * @param after 0 from the start
     * @param limit 1 to 500
     */
    public AuditPage list(OperatorIdentity caller, long after, int limit, Optional<AuditEvent> event) {
        caller.must(OperatorRole.AUDITOR);
        OperatorInput.checkPage(limit, MAX_PAGE);
        List<AuditPage.Entry> entries = archive.page(after, limit, event.map(Enum::name)).stream()
                .map(placed -> new AuditPage.Entry(placed.position(), placed.record()))
                .toList();
        OptionalLong next = entries.size() < limit
                ? OptionalLong.empty()
                : OptionalLong.of(entries.get(entries.size() - 1).position());
        return new AuditPage(entries, next);
    }

    /**
     * Writes all records as JSON lines, as stored and not held in memory. The export itself is recorded first. Does not
     * close the stream.
     */
    public void export(OperatorIdentity caller, OutputStream out) {
        caller.must(OperatorRole.AUDITOR);
        audit.record(Notes.operator(AuditEvent.AUDIT_EXPORTED, caller, "records"));
        archive.forEachRecord(lineWriter(out));
    }

    /**
     * Writes all checkpoints as JSON lines. Take them before the records: checkpoints made after an export of records
     * speak of records that are not in it. The export itself is recorded first. Does not close the stream.
     */
    public void checkpoints(OperatorIdentity caller, OutputStream out) {
        caller.must(OperatorRole.AUDITOR);
        audit.record(Notes.operator(AuditEvent.AUDIT_EXPORTED, caller, "checkpoints"));
        archive.forEachCheckpoint(lineWriter(out));
    }

    private static Consumer<String> lineWriter(OutputStream out) {
        return line -> {
            try {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** The certificate under which checkpoints are signed, DER encoded. Any role. */
    public byte[] certificate(OperatorIdentity caller) {
        caller.mustBeOneOf(OperatorRole.values());
        return tokens.auditCertificateDer();
    }

    /** Verifies the whole trail in the database as an auditor does with an export, and compares the folder with it. */
    public AuditReport verify(OperatorIdentity caller) {
        caller.must(OperatorRole.AUDITOR);
        AuditReport stored = verifyDatabase();
        return stored.holds() ? archive.folderFault().map(stored::withFault).orElse(stored) : stored;
    }

    private AuditReport verifyDatabase() {
        AuditVerifier verifier = new AuditVerifier(AuditVerifier.certificate(tokens.auditCertificateDer()));
        try {
            archive.forEachCheckpoint(line -> verifier.checkpoint(AuditCheckpoint.parse(line)));
            archive.forEachRecord(line -> verifier.record(AuditRecord.parse(line)));
            return verifier.report();
        } catch (InvalidValueException e) {
            return verifier.report()
                    .withFault(new AuditFault(
                            "database", "a stored line has not the form of the trail: " + e.getMessage()));
        }
    }
}
