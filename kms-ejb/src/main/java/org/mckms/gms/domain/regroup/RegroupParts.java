package org.mckms.gms.domain.regroup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The parts of regroups that this GMS has to do with. Called inside a transaction; a row that was tampered with is refused. */
public interface RegroupParts {

    Optional<RegroupPart> find(RegroupKey key);

    /** As {@link #find}, and holds the row until the transaction ends. */
    Optional<RegroupPart> lock(RegroupKey key);

    void add(RegroupPart part);

    void change(RegroupPart part);

    /** All parts that go by this name, in either role and of any primary, in the order of the partners' URIs. */
    List<RegroupPart> ofRegroup(String regroupId);

    /** Parts that go on and that a group of this server takes part in, in either role. */
    List<RegroupPart> aliveWith(String groupUri);

    /** Up to {@code limit} parts that became known before {@code before}, newest first. */
    List<RegroupPart> before(Instant before, int limit);

    /** Up to {@code limit} parts of a role that are in one of these states, that changed last first. */
    List<RegroupPart> inState(RegroupRole role, Set<RegroupState> states, int limit);
}
