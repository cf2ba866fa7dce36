package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.mckms.protocol.audit.AuditEvent;

/**
 * The keys of a device after a request of it, and what the request changed.
 *
 * @param keys   closed by the receiver
 * @param events for the audit trail, in order
 */
public record ClientKeysUse(OpenedClientKeys keys, List<AuditEvent> events) {

    public ClientKeysUse {
        requireNonNull(keys, "keys");
        events = List.copyOf(events);
    }
}
