package org.mckms.platform.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mckms.protocol.audit.AuditEntry;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.audit.AuditText;

/**
 * What happened, as a use case tells it. Texts may come from strangers: they are cut and cleaned here.
 *
 * @param outcome {@code ok}, or the name of an error code
 * @param actor   who did it: {@code operator:<name>}, {@code client:<uri>}, {@code source:<address>} or {@code system}
 * @param subject to whom or what
 * @param details further facts; never a secret
 */
public record AuditNote(
        AuditEvent event, String outcome, String actor, String subject, SortedMap<String, String> details) {

    /** Outcome of what went well. */
    public static final String OK = "ok";

    /** Actor of what the server does by itself. */
    public static final String SYSTEM = "system";

    private static final int MAX_CHARACTERS = 1000;

    public AuditNote {
        actor = cut(actor);
        subject = cut(subject);
        SortedMap<String, String> cleaned = new TreeMap<>();
        details.forEach((name, value) -> cleaned.put(name, cut(value)));
        details = Collections.unmodifiableSortedMap(cleaned);
    }

    /** A note without details. */
    public static AuditNote of(AuditEvent event, String outcome, String actor, String subject) {
        return new AuditNote(event, outcome, actor, subject, new TreeMap<>());
    }

    /** The same note with one more detail. */
    public AuditNote with(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(details);
        more.put(name, value);
        return new AuditNote(event, outcome, actor, subject, more);
    }

    /** The same note with another outcome. */
    public AuditNote withOutcome(String other) {
        return new AuditNote(event, other, actor, subject, details);
    }

    AuditEntry entry(Instant time, String node) {
        return new AuditEntry(time, node, event, outcome, actor, subject, details);
    }

    private static String cut(String text) {
        String clean = AuditText.of(text);
        if (clean.length() <= MAX_CHARACTERS) {
            return clean;
        }
        int end = MAX_CHARACTERS - 3;
        return clean.substring(0, Character.isLowSurrogate(clean.charAt(end)) ? end - 1 : end) + "...";
    }
}
