package org.mckms.protocol.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Result of a verification. Only what lies up to the newest checkpoint is signed. A trail cut or written anew behind it
 * cannot be told from one that went on in that way: compare the newest checkpoint's number and time with what is known
 * elsewhere, and {@link #uncovered()} with how many records come between two checkpoints.
 *
 * @param records records read
 * @param chains chains seen
 * @param checkpoints checkpoints read, also the number of the newest
 * @param newestCheckpoint when the newest checkpoint was made; empty if there is none, or if nothing is told of it
 * @param uncovered records that lie behind the newest checkpoint, at most {@code records}
 * @param firstFault the first fault; empty when everything holds
 */
public record AuditReport(
        long records,
        long chains,
        long checkpoints,
        Optional<Instant> newestCheckpoint,
        long uncovered,
        Optional<AuditFault> firstFault) {
    /** A report that tells nothing of the newest checkpoint: no record counts as covered. */
    public AuditReport(long records, long chains, long checkpoints, Optional<AuditFault> firstFault) {
        this(records, chains, checkpoints, Optional.empty(), records, firstFault);
    }

    /** Whether everything holds. */
    public boolean holds() {
        return firstFault.isEmpty();
    }

    /** Whether there is a checkpoint and every record lies up to the newest one. */
    public boolean covered() {
        return checkpoints > 0 && uncovered == 0;
    }

    /** The same numbers with this fault, unless there was one before. */
    public AuditReport withFault(AuditFault fault) {
        return new AuditReport(
                records, chains, checkpoints, newestCheckpoint, uncovered, Optional.of(firstFault.orElse(fault)));
    }
}
