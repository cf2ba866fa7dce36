package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Where a member wants to be notified.
 *
 * @param address      https URL, which the policy was asked about
 * @param registeredAt to the microsecond
 */
public record Callback(String memberUri, String address, Instant registeredAt) {

    public Callback {
        GroupUris.check(memberUri, "member");
        requireNonNull(address, "address");
        requireNonNull(registeredAt, "registeredAt");
    }
}
