package org.mckms.gms.application;

import java.util.Optional;

/**
 * Somebody who is to join a group.
 *
 * @param uri    MC service ID
 * @param kmsUri KMS of the member's domain; empty: that of this server
 */
public record MemberOrder(String uri, Optional<String> kmsUri) {

    /** A member of this server's own domain. */
    public static MemberOrder own(String uri) {
        return new MemberOrder(uri, Optional.empty());
    }
}
