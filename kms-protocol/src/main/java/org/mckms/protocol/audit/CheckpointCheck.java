package org.mckms.protocol.audit;

import java.security.PublicKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mckms.mikeysakke.Octets;

/** Follows the checkpoints one by one and gathers what they say about each chain. */
final class CheckpointCheck {
    private final PublicKey key;
    private final Map<String, HeadLog> logs = new TreeMap<>();
    private Optional<AuditCheckpoint> newest = Optional.empty();

    CheckpointCheck(PublicKey key) {
        this.key = key;
    }

    /** Takes the next checkpoint. */
    void take(AuditCheckpoint checkpoint) throws FaultFound {
        String where = "checkpoint " + checkpoint.number();
        long expected = count() + 1;
        FaultFound.unless(checkpoint.number() >= expected, where, "it comes twice or out of order");
        FaultFound.unless(
                checkpoint.number() == expected, where, "the checkpoints from number " + expected + " on are missing");
        FaultFound.unless(checkpoint.isIntact(), where, "it was altered: its hash is not that of its content");
        Octets previous = newest.map(AuditCheckpoint::hash).orElse(AuditHash.NONE);
        FaultFound.unless(
                checkpoint.previousHash().equals(previous), where, "it does not follow the checkpoint before it");
        FaultFound.unless(checkpoint.isSignedBy(key), where, "its signature is not of the audit certificate");
        if (newest.isPresent()) {
            requireGrowth(newest.get(), checkpoint, where);
        }
        checkpoint.heads().forEach((chain, head) -> logs.computeIfAbsent(chain, name -> new HeadLog())
                .add(head, checkpoint.number()));
        newest = Optional.of(checkpoint);
    }

    long count() {
        return newest.map(AuditCheckpoint::number).orElse(0L);
    }

    /** When the newest was made. */
    Optional<Instant> newestTime() {
        return newest.map(AuditCheckpoint::time);
    }

    /** Whether the record lies up to the newest checkpoint. */
    boolean covers(AuditRecord record) {
        ChainHead head =
                newest.map(checkpoint -> checkpoint.heads().get(record.chain())).orElse(null);
        return head != null && record.sequence() <= head.sequence();
    }

    /** What the checkpoints say about a chain; nothing if they do not know it. */
    HeadLog logOf(String chain) {
        return logs.getOrDefault(chain, new HeadLog());
    }

    /** What they say about every chain they know, by name. */
    Map<String, HeadLog> logs() {
        return logs;
    }

    private static void requireGrowth(AuditCheckpoint before, AuditCheckpoint after, String where) throws FaultFound {
        for (Map.Entry<String, ChainHead> entry : before.heads().entrySet()) {
            String chain = entry.getKey();
            ChainHead earlier = entry.getValue();
            ChainHead later = after.heads().get(chain);
            FaultFound.unless(later != null, where, "it no longer knows chain " + chain);
            FaultFound.unless(
                    later.sequence() >= earlier.sequence(),
                    where,
                    "chain " + chain + " goes back from sequence " + earlier.sequence() + " to " + later.sequence());
            FaultFound.unless(
                    later.sequence() > earlier.sequence() || later.hash().equals(earlier.hash()),
                    where,
                    "chain " + chain + " has another hash at sequence " + later.sequence() + " than before");
        }
    }
}
