package org.mckms.protocol.cek;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a CEK stands in its life. */
public enum CekStatus {
    /** The server has not acknowledged it yet: nothing is sealed with it. */
    PENDING,
    /** Both ends have it: it seals and opens. */
    ACTIVE,
    /** A newer one is active: it opens what was sealed before, and seals nothing. */
    RETIRING,
    /** Its life is over; no key comes with it. */
    REVOKED;

    /** The value of the attribute Status. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of that value; empty if there is none. */
    public static Optional<CekStatus> named(String wireName) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(wireName))
                .findFirst();
    }
}
