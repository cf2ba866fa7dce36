package org.mckms.csc.events;

import static java.util.Objects.requireNonNull;

import jakarta.json.JsonObject;

/**
 * One event as it is sent, and to whom. Equal news is told once.
 *
 * @param recipient identity of the caller who is told
 * @param event     its type
 * @param data      what is told
 * @param version   tells news with the same data apart; not sent
 */
public record News(String recipient, String event, JsonObject data, String version) {

    public News {
        requireNonNull(recipient, "recipient");
        requireNonNull(event, "event");
        requireNonNull(data, "data");
        requireNonNull(version, "version");
    }
}
