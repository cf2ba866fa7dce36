package org.mckms.gms.domain.regroup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Stores the parts of regroups. Every method runs inside a transaction of its caller. */
public interface RegroupPartRepository {

    Optional<StoredRow<RegroupPart>> find(RegroupKey key);

    /** As {@link #find}, and holds the row until the transaction ends. */
    Optional<StoredRow<RegroupPart>> lock(RegroupKey key);

    void insert(MacProtected<RegroupPart> part);

    void update(MacProtected<RegroupPart> part);

    /** In the order of the partners' URIs. */
    List<StoredRow<RegroupPart>> ofRegroup(String regroupId);

    /** In states that are not over, of which some group's URI contains these characters. */
    List<StoredRow<RegroupPart>> aliveNaming(String characters);

    /** Newest first. */
    List<StoredRow<RegroupPart>> before(Instant before, int limit);

    /** That changed last first. */
    List<StoredRow<RegroupPart>> inState(RegroupRole role, Set<RegroupState> states, int limit);
}
