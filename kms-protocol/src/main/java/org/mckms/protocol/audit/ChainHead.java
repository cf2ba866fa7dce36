package org.mckms.protocol.audit;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * How far a chain has come.
 *
 * @param sequence number of its newest record, from 1
 * @param hash hash of that record, 32 octets
 * @throws InvalidValueException if the sequence is not positive or the hash has another size
 */
public record ChainHead(long sequence, Octets hash) {
    public ChainHead {
        AuditChecks.positive(sequence, "sequence");
        AuditChecks.hash(hash, "hash");
    }
}
