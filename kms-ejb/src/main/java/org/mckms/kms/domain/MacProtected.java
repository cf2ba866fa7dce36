package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import org.mckms.mikeysakke.Octets;

/**
 * A row that decides something, with the MAC found beside it; not yet to be trusted.
 *
 * @param mac 32 octets under {@code kms.row}
 */
public record MacProtected<T>(T row, Octets mac) {

    public MacProtected {
        requireNonNull(row, "row");
        requireNonNull(mac, "mac");
    }
}
