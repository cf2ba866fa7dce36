package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mckms.kms.domain.RevisionMarks;
import org.mckms.platform.audit.AuditArchive;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.audit.AuditRecord;

/**
 * Reads from the audit trail what operators decided about identities, so that the row of an identity that was put back to an
 * older revision while the server was down, and with it perhaps a block undone, is known for what it is.
 *
 * <p>A record is on disk before the change it speaks of is committed. After a crash in between the identity is refused until
 * the operator, who got no answer, does it again: that heals the row. A first record counts from the next one on, since the
 * row itself may be missing.
 */
public final class IdentityTrail {

    static final String REVISION = "revision";

    private static final List<AuditEvent> DECISIONS = List.of(
            AuditEvent.IDENTITY_BLOCKED,
            AuditEvent.IDENTITY_UNBLOCKED,
            AuditEvent.IDENTITY_POLICY_CHANGED,
            AuditEvent.ISSUE_ADVANCED);

    private final AuditArchive archive;
    private final RevisionMarks marks;

    public IdentityTrail(AuditArchive archive, RevisionMarks marks) {
        this.archive = requireNonNull(archive, "archive");
        this.marks = requireNonNull(marks, "marks");
    }

    /**
     * Reads all of it.
     *
     * @throws org.mckms.protocol.error.KmsException {@code DATABASE_UNAVAILABLE} if the database does not answer
     */
    public void read() {
        Map<String, Long> newest = new HashMap<>();
        DECISIONS.forEach(event -> TrailReader.read(archive, event, record -> take(record, newest)));
        newest.forEach((uri, revision) -> {
            if (revision > 0) {
                marks.sawIdentity(uri, revision);
            }
        });
    }

    /** A change that was recorded and then not committed has a second record with another outcome. */
    private static void take(AuditRecord record, Map<String, Long> newest) {
        String revision = record.details().get(REVISION);
        if (revision == null) {
            return;
        }
        long number = Long.parseLong(revision) - (revision.equals("1") ? 1 : 0);
        if (record.outcome().equals(AuditNote.OK)) {
            newest.merge(record.subject(), number, Math::max);
        } else {
            newest.computeIfPresent(record.subject(), (uri, known) -> known == number ? number - 1 : known);
        }
    }
}
