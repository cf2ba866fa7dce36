package org.mckms.gms.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Stores groups. Every method runs inside a transaction of its caller. */
public interface GroupRepository {

    Optional<StoredRow<Group>> find(String uri);

    /** As {@link #find}, and holds the row until the transaction ends. */
    Optional<StoredRow<Group>> lock(String uri);

    void insert(MacProtected<Group> group);

    void update(MacProtected<Group> group);

    /** With its members, keys, messages and jobs. */
    void remove(String uri);

    /** By URI, those after {@code after}; only those of some owners if any are given. */
    List<StoredRow<Group>> page(Collection<String> owners, String after, int limit);

    /** URIs of active groups whose next generation is due, the most overdue first. */
    List<String> due(Instant now, int limit);

    /** URIs of groups that were torn down before a time. */
    List<String> endedBefore(Instant time, int limit);
}
