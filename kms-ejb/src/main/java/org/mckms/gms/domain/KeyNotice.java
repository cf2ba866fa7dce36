package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * That a member has keys of a group to fetch.
 *
 * @param generation of the keys, the newest of them
 * @param since      when the newest of their messages became ready; with it the same news is known again
 */
public record KeyNotice(String memberUri, String groupUri, long generation, Instant since) {

    public KeyNotice {
        requireNonNull(memberUri, "memberUri");
        requireNonNull(groupUri, "groupUri");
        requireNonNull(since, "since");
    }
}
