package org.mckms.protocol.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * What a checkpoint says, before it is signed.
 *
 * @param number number of the checkpoint, from 1 without gap
 * @param time when it was made, in whole milliseconds
 * @param heads the head of every chain that ever was, by name
 * @param previousHash hash of the checkpoint before it, 32 octets; zeros in the first
 * @throws InvalidValueException if the number is below 1, the time finer than a millisecond, a chain's name empty or
 *     longer than 128 characters, or the hash has not 32 octets
 */
public record CheckpointBody(long number, Instant time, SortedMap<String, ChainHead> heads, Octets previousHash) {
    public CheckpointBody {
        AuditChecks.positive(number, "number of the checkpoint");
        AuditChecks.time(time);
        heads = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, ChainHead>) heads));
        heads.keySet().forEach(chain -> AuditChecks.name(chain, "chain"));
        AuditChecks.hash(previousHash, "previous hash");
    }

    /** The checkpoint after {@code previous}, or the first one; cuts the time to milliseconds. */
    public static CheckpointBody next(Optional<AuditCheckpoint> previous, Instant time, Map<String, ChainHead> heads) {
        return new CheckpointBody(
                previous.map(AuditCheckpoint::number).orElse(0L) + 1,
                time.truncatedTo(ChronoUnit.MILLIS),
                new TreeMap<>(heads),
                previous.map(AuditCheckpoint::hash).orElse(AuditHash.NONE));
    }

    /**
     * The octets to be signed (ECDSA on P-256 with SHA-256): the ASCII text {@code mckms/1/audit-checkpoint}, a zero
     * octet, the previous hash and the canonical JSON from checkpoint to heads.
     */
    public Octets message() {
        return AuditHash.message(
                AuditHash.CHECKPOINT, previousHash, json().end().toString());
    }

    /** SHA-256 of {@link #message()}: at once the digest that is signed and the link to the next checkpoint. */
    public Octets hash() {
        return AuditHash.sha256(message());
    }

    /**
     * The finished checkpoint.
     *
     * @param signature over {@link #message()}, DER
     */
    public AuditCheckpoint signed(Octets signature) {
        return new AuditCheckpoint(this, hash(), signature);
    }

    CanonicalJson json() {
        CanonicalJson json = new CanonicalJson()
                .begin()
                .number("checkpoint", number)
                .time("time", time)
                .beginObject("heads");
        heads.forEach((chain, head) -> json.beginObject(chain)
                .number("sequence", head.sequence())
                .text("hash", head.hash().toHex())
                .end());
        return json.end();
    }
}
