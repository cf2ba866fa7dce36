package org.mckms.gms.domain;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Stores jobs that make messages. Every method runs inside a transaction of its caller. */
public interface RekeyJobRepository {

    Optional<StoredRow<RekeyJob>> find(UUID id);

    /** As {@link #find}, and holds the row until the transaction ends. */
    Optional<StoredRow<RekeyJob>> lock(UUID id);

    void insert(MacProtected<RekeyJob> job);

    void update(MacProtected<RekeyJob> job);

    /** Names of jobs whose state column says so, oldest first. */
    List<UUID> inState(JobState state);

    /** The newest jobs of a group, newest first. */
    List<StoredRow<RekeyJob>> ofGroup(String groupUri, int limit);

    /** The newest jobs, newest first. */
    List<StoredRow<RekeyJob>> newest(int limit);
}
