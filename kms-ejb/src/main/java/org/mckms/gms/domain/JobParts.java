package org.mckms.gms.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The parts of jobs, each a range of members that is dealt with in one transaction. Every method runs inside one. */
public interface JobParts {

    /**
     * A range of members by number, both ends included.
     *
     * @param members of the range when the job was started
     */
    record Part(int first, int last, int members) {}

    void insertAll(UUID job, List<Part> parts);

    /**
     * The first open part behind member {@code after} that no other transaction has claimed; it is this transaction's until it ends. If it ends without
     * a commit, because the node died or for any other reason, the part is open and unclaimed again.
     */
    Optional<Part> claim(UUID job, int after);

    /** @param waiting members whose messages wait for the certificate of their domain */
    void done(UUID job, Part part, int waiting, Instant now);

    /** Forgets jobs that ended before a time, and their parts. */
    int removeEndedBefore(Instant time);

    /** How far a job is. */
    JobProgress progress(RekeyJob job);
}
