package org.mckms.kms.application;

import java.util.List;
import java.util.OptionalLong;
import org.mckms.protocol.audit.AuditRecord;

/**
 * A slice of the audit trail in the order of commit.
 *
 * @param next position to ask for next; empty at the end of the trail
 */
public record AuditPage(List<Entry> entries, OptionalLong next) {

    public AuditPage {
        entries = List.copyOf(entries);
    }

    /** A record and its place in this server's database. */
    public record Entry(long position, AuditRecord record) {}
}
