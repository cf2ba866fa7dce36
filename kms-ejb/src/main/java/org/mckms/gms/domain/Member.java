package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A member of a group.
 *
 * @param groupUri URI of the group
 * @param number   counted from 1 in each group and never given again, so that jobs can deal out ranges of members
 * @param uri      MC service ID, octet by octet as it enters the UID
 * @param kmsUri   KMS of the member's domain; empty: the KMS of this server
 * @param joinedAt to the microsecond
 */
public record Member(String groupUri, int number, String uri, Optional<String> kmsUri, Instant joinedAt) {

    public Member {
        GroupUris.check(groupUri, "group");
        GroupUris.check(uri, "member");
        kmsUri.ifPresent(kms -> GroupUris.check(kms, "KMS"));
        requireNonNull(joinedAt, "joinedAt");
        GroupUris.checkPositive(number, "number of a member");
    }
}
