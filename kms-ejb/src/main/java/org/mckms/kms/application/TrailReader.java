package org.mckms.kms.application;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.platform.audit.AuditArchive;
import org.mckms.platform.audit.AuditArchive.Placed;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.audit.AuditRecord;

/** Reads all records of one event out of the audit trail, a page at a time. */
final class TrailReader {

    private static final int PAGE = 1000;

    private TrailReader() {}

    /** @throws org.mckms.protocol.error.KmsException {@code DATABASE_UNAVAILABLE} if the database does not answer */
    static void read(AuditArchive archive, AuditEvent event, Consumer<AuditRecord> taker) {
        long after = 0;
        List<Placed> page;
        do {
            page = archive.page(after, PAGE, Optional.of(event.name()));
            for (Placed placed : page) {
                taker.accept(placed.record());
                after = placed.position();
            }
        } while (page.size() == PAGE);
    }
}
