package org.mckms.protocol.audit;

import java.util.Arrays;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;

/**
 * The heads that checkpoints give for one chain, each with the first checkpoint that gives it, to be compared with the
 * records as they come. Kept in arrays: there is one entry for every few seconds in which the chain grew.
 */
final class HeadLog {
    private static final int FIRST_CAPACITY = 16;

    private long[] sequences = new long[FIRST_CAPACITY];
    private long[] checkpoints = new long[FIRST_CAPACITY];
    private byte[] hashes = new byte[FIRST_CAPACITY * AuditChecks.HASH_OCTETS];
    private int size;
    private int next;

    /** Adds a head that is further than all before; the same head again adds nothing. */
    void add(ChainHead head, long checkpoint) {
        if (size > 0 && sequences[size - 1] == head.sequence()) {
            return;
        }
        if (size == sequences.length) {
            sequences = Arrays.copyOf(sequences, 2 * size);
            checkpoints = Arrays.copyOf(checkpoints, 2 * size);
            hashes = Arrays.copyOf(hashes, 2 * size * AuditChecks.HASH_OCTETS);
        }
        sequences[size] = head.sequence();
        checkpoints[size] = checkpoint;
        System.arraycopy(head.hash().toByteArray(), 0, hashes, size * AuditChecks.HASH_OCTETS, AuditChecks.HASH_OCTETS);
        size++;
    }

    /** Compares the next record of the chain; gives the checkpoint that says otherwise, if one does. */
    Optional<Long> contradiction(ChainHead record) {
        if (next == size || sequences[next] != record.sequence()) {
            return Optional.empty();
        }
        int from = next * AuditChecks.HASH_OCTETS;
        byte[] expected = Arrays.copyOfRange(hashes, from, from + AuditChecks.HASH_OCTETS);
        long checkpoint = checkpoints[next++];
        return Octets.copyOf(expected).equals(record.hash()) ? Optional.empty() : Optional.of(checkpoint);
    }

    /** The furthest head that no record has come for, as text for a fault. */
    Optional<String> missing() {
        return next == size
                ? Optional.empty()
                : Optional.of("checkpoint " + checkpoints[size - 1] + " has it at sequence " + sequences[size - 1]);
    }
}
