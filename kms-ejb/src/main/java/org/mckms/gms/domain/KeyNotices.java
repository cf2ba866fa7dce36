package org.mckms.gms.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What is ready for members to fetch. Called inside a transaction. */
public interface KeyNotices {

    /**
     * One for each of some members and each group with messages that it has not been given yet, in no order. Messages of
     * keys that members are given no more at {@code now} are left out.
     */
    List<KeyNotice> pendingOf(Collection<String> memberUris, Instant now);
}
