package org.mckms.protocol.codec;

import java.util.Objects;

/**
 * What may differ from client to client in the answers it gets.
 *
 * @param userIdForm form of the UserID element
 */
public record WireDialect(UserIdForm userIdForm) {
    /** What TS 33.180 says. */
    public static final WireDialect STANDARD = new WireDialect(UserIdForm.BASE64);

    public WireDialect {
        Objects.requireNonNull(userIdForm, "userIdForm");
    }
}
