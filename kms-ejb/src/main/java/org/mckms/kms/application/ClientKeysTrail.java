package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.RevisionMarks;
import org.mckms.platform.audit.AuditArchive;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.audit.AuditRecord;

/**
 * Reads from the audit trail how far the rows of client keys had come, so that a row that was put back to an older
 * revision while the server was down is known for what it is.
 *
 * <p>A record is on disk before the change it speaks of is committed, and a crash in between leaves a record without a
 * change. So a change that a device brought about, a renewal that was ordered, and a first registration count from the
 * next one on: rather an old row is missed than a client locked out. What else an operator did counts at once, for a
 * revoked device must not come back; after a crash in between the operator, who got no answer, does it again.
 */
public final class ClientKeysTrail {

    static final String DEVICE = "device";
    static final String REVISION = "revision";

    private static final List<AuditEvent> OF_OPERATORS =
            List.of(AuditEvent.CLIENT_KEYS_REGISTERED, AuditEvent.CLIENT_KEYS_REVOKED);
    private static final List<AuditEvent> OF_DEVICES = List.of(
            AuditEvent.CLIENT_KEYS_ACTIVATED,
            AuditEvent.CLIENT_KEYS_ROTATION_ORDERED,
            AuditEvent.CLIENT_KEYS_ROTATION_STARTED,
            AuditEvent.CLIENT_KEYS_ROTATED);

    private final AuditArchive archive;
    private final RevisionMarks marks;

    public ClientKeysTrail(AuditArchive archive, RevisionMarks marks) {
        this.archive = requireNonNull(archive, "archive");
        this.marks = requireNonNull(marks, "marks");
    }

    /**
     * Reads all of it.
     *
     * @throws org.mckms.protocol.error.KmsException {@code DATABASE_UNAVAILABLE} if the database does not answer
     */
    public void read() {
        Map<ClientKeysId, Long> newest = new HashMap<>();
        OF_OPERATORS.forEach(event -> read(event, 0, newest));
        OF_DEVICES.forEach(event -> read(event, 1, newest));
        newest.forEach((id, revision) -> {
            if (revision > 0) {
                marks.saw(id, revision);
            }
        });
    }

    private void read(AuditEvent event, long unsure, Map<ClientKeysId, Long> newest) {
        TrailReader.read(archive, event, record -> take(record, unsure, newest));
    }

    private static void take(AuditRecord record, long unsure, Map<ClientKeysId, Long> newest) {
        String device = record.details().get(DEVICE);
        String revision = record.details().get(REVISION);
        if (device == null || revision == null) {
            return;
        }
        ClientKeysId id = new ClientKeysId(record.subject(), device);
        long number = Long.parseLong(revision) - (revision.equals("1") ? 1 : unsure);
        if (record.outcome().equals(AuditNote.OK)) {
            newest.merge(id, number, Math::max);
        } else {
            newest.computeIfPresent(id, (key, known) -> known == number ? number - 1 : known);
        }
    }
}
