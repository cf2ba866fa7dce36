package org.mckms.protocol.audit;

import java.util.Optional;

/**
 * Result of a verification. A trail cut at the very end, behind the newest checkpoint given, cannot be told from one that
 * ended there: compare the newest checkpoint's number with what is known elsewhere.
 *
 * @param records records read
 * @param chains chains seen
 * @param checkpoints checkpoints read, also the number of the newest
 * @param firstFault the first fault; empty when everything holds
 */
public record AuditReport(long records, long chains, long checkpoints, Optional<AuditFault> firstFault) {
    /** Whether everything holds. */
    public boolean holds() {
        return firstFault.isEmpty();
    }
}
