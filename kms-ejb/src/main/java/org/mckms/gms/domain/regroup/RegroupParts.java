package org.mckms.gms.domain.regroup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The parts of regroups that this GMS has to do with. Called inside a transaction; a row that was tampered with is refused. */
public interface RegroupParts {

    Optional<RegroupPart> find(RegroupKey key);

    /** As {@link #find}, and holds the row until the transaction ends. */
    Optional<RegroupPart> lock(RegroupKey key);

    void add(RegroupPart part);

    void change(RegroupPart part);

    /** All parts of the temporary group, in the order of the partners' URIs; of regroups that are over as well. */
    List<RegroupPart> ofGroup(String temporaryGroupUri);

    /** All parts that go by this name, in either role and of any primary. */
    List<RegroupPart> ofRegroup(String regroupId);

    /** Up to {@code limit} parts, newest first, of those that began before {@code before}. */
    List<RegroupPart> newest(Optional<Instant> before, int limit);

    /** Up to {@code limit} parts of a role and state whose last change was before {@code before}, oldest first. */
    List<RegroupPart> waiting(RegroupRole role, RegroupState state, Instant before, int limit);
}
