package org.mckms.platform.row;

import static java.util.Objects.requireNonNull;

import org.mckms.mikeysakke.Octets;

/**
 * A row that decides something, with the MAC found beside it; not yet to be trusted.
 *
 * @param mac under a key of the token ({@code kms.row}) or under a data key
 */
public record MacProtected<T>(T row, Octets mac) {

    public MacProtected {
        requireNonNull(row, "row");
        requireNonNull(mac, "mac");
    }
}
