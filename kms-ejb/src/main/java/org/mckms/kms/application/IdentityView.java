package org.mckms.kms.application;

import java.time.Instant;
import java.util.Optional;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.ClientPolicy;

/**
 * One identity as operators see it.
 *
 * @param registeredAt  first successful provisioning; empty if it was blocked before one
 * @param blockedReason reason given by the operator; empty if the identity is not blocked
 * @param issue         counter that forces new SSK and PVT, from 0 upwards
 * @param revision      counts changes of the row; 0 if the row cannot be read, and then only {@code uri} and {@code
 *                      integrity} mean anything
 * @param integrity     whether the row's MAC was checked
 */
public record IdentityView(
        String uri,
        ClientKind kind,
        Instant firstSeen,
        Optional<Instant> registeredAt,
        Optional<String> blockedReason,
        ClientPolicy policy,
        int issue,
        long revision,
        Integrity integrity) {

    /** Result of the check of a row's MAC. */
    public enum Integrity {
        /** The token confirmed the MAC. */
        INTACT,
        /** The row was changed past this server; it is refused everywhere. */
        BROKEN,
        /** The token is not available, so nobody knows. */
        UNCHECKED
    }
}
