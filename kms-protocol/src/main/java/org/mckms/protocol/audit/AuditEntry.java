package org.mckms.protocol.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.SortedMap;
import org.mckms.mikeysakke.InvalidValueException;

/**
 * What is to be recorded, before it has a place in a chain.
 *
 * @param time when it happened; cut to milliseconds
 * @param node node that records it
 * @param outcome how it ended
 * @param actor who did it; text of strangers goes through {@link AuditText} first
 * @param subject to whom or what; likewise
 * @param details further facts by name; likewise. Kept in the order of {@link String#compareTo}
 * @throws InvalidValueException as for {@link AuditRecord}
 */
public record AuditEntry(
        Instant time,
        String node,
        AuditEvent event,
        String outcome,
        String actor,
        String subject,
        SortedMap<String, String> details) {
    public AuditEntry {
        time = time.truncatedTo(ChronoUnit.MILLIS);
        Objects.requireNonNull(event, "event");
        details = AuditChecks.content(time, node, outcome, actor, subject, details);
    }
}
