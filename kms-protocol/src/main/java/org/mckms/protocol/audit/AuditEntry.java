package org.mckms.protocol.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mckms.mikeysakke.InvalidValueException;

/**
 * What is to be recorded, before it has a place in a chain.
 *
 * @param time when it happened; cut to milliseconds
 * @param node node that records it
 * @param outcome how it ended
 * @param actor who did it; text of strangers goes through {@link AuditText} first
 * @param subject to whom or what; likewise
 * @param details further facts by name; likewise
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
        AuditChecks.time(time);
        AuditChecks.name(node, "node");
        Objects.requireNonNull(event, "event");
        AuditChecks.name(outcome, "outcome");
        AuditChecks.text(actor, "actor");
        AuditChecks.text(subject, "subject");
        details = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, String>) details));
        AuditChecks.details(details);
    }

    /** An entry with details in any order. */
    public static AuditEntry of(
            Instant time,
            String node,
            AuditEvent event,
            String outcome,
            String actor,
            String subject,
            Map<String, String> details) {
        return new AuditEntry(time, node, event, outcome, actor, subject, new TreeMap<>(details));
    }
}
