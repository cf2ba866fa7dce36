package org.mckms.protocol.audit;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * One line of the audit trail. Its hash covers every other field and, through the hash of the record before it, the
 * chain so far: SHA-256 over the ASCII text {@code mckms/1/audit-record}, a zero octet, the previous hash and the
 * canonical JSON of the fields from chain to details. Building a record checks its form; {@link #isIntact()} checks its
 * hash.
 *
 * @param chain chain that the record belongs to: one per node and start
 * @param sequence place in the chain, from 1 without gap
 * @param time when it happened, in whole milliseconds
 * @param node node that recorded it
 * @param event name of an {@link AuditEvent}; later releases may know more
 * @param outcome how it ended
 * @param actor who did it
 * @param subject to whom or what
 * @param details further facts by name, keys in the order of {@link String#compareTo}
 * @param previousHash hash of the record before it, 32 octets; zeros in the first
 * @param hash hash of this record, 32 octets
 * @throws InvalidValueException if a name (chain, node, event, outcome, key of a detail) is empty or longer than 128
 *     characters, there are more than 32 details, a text is longer than 4096 characters or holds what UTF-8 or a database cannot keep, a hash has not 32
 *     octets, the sequence is below 1, or the time is finer than a millisecond
 */
public record AuditRecord(
        String chain,
        long sequence,
        Instant time,
        String node,
        String event,
        String outcome,
        String actor,
        String subject,
        SortedMap<String, String> details,
        Octets previousHash,
        Octets hash) {
    /** Detail of {@link AuditEvent#CHAIN_ADOPTED}: name of the chain taken note of. */
    public static final String ADOPTED_CHAIN = "adoptedChain";

    /** Detail of {@link AuditEvent#CHAIN_ADOPTED}: number of the last record of that chain, decimal. */
    public static final String ADOPTED_SEQUENCE = "adoptedSequence";

    /** Detail of {@link AuditEvent#CHAIN_ADOPTED}: hash of the last record of that chain, upper-case hex. */
    public static final String ADOPTED_HASH = "adoptedHash";

    public AuditRecord {
        AuditChecks.name(chain, "chain");
        AuditChecks.positive(sequence, "sequence");
        AuditChecks.name(event, "event");
        details = AuditChecks.content(time, node, outcome, actor, subject, details);
        AuditChecks.hash(previousHash, "previous hash");
        AuditChecks.hash(hash, "hash");
    }

    /** The first record of a chain; its entry is a {@link AuditEvent#CHAIN_OPENED}. */
    public static AuditRecord first(String chain, AuditEntry entry) {
        return at(chain, 1, AuditHash.NONE, entry);
    }

    /** The record that follows the head of a chain. */
    public static AuditRecord after(String chain, ChainHead head, AuditEntry entry) {
        return at(chain, head.sequence() + 1, head.hash(), entry);
    }

    /** The details of a {@link AuditEvent#CHAIN_ADOPTED} that takes note of a crashed chain. */
    public static SortedMap<String, String> adoption(String crashedChain, ChainHead head) {
        return new TreeMap<>(Map.of(
                ADOPTED_CHAIN, crashedChain,
                ADOPTED_SEQUENCE, Long.toString(head.sequence()),
                ADOPTED_HASH, head.hash().toHex()));
    }

    private static AuditRecord at(String chain, long sequence, Octets previousHash, AuditEntry entry) {
        AuditRecord unhashed = new AuditRecord(
                chain,
                sequence,
                entry.time(),
                entry.node(),
                entry.event().name(),
                entry.outcome(),
                entry.actor(),
                entry.subject(),
                entry.details(),
                previousHash,
                AuditHash.NONE);
        return new AuditRecord(
                chain,
                sequence,
                unhashed.time,
                unhashed.node,
                unhashed.event,
                unhashed.outcome,
                unhashed.actor,
                unhashed.subject,
                unhashed.details,
                previousHash,
                unhashed.computedHash());
    }

    /** Place and hash of this record. */
    public ChainHead head() {
        return new ChainHead(sequence, hash);
    }

    /** Whether the record is of this kind. */
    public boolean is(AuditEvent kind) {
        return kind.name().equals(event);
    }

    /** Whether the hash is the one that the fields give. */
    public boolean isIntact() {
        return computedHash().equals(hash);
    }

    /** The record as one line of JSON, without line end: the hashed body, then previous and hash in upper-case hex. */
    public String toJson() {
        return body().text("previous", previousHash.toHex())
                .text("hash", hash.toHex())
                .end()
                .toString();
    }

    /**
     * Reads a line as {@link #toJson()} writes it, octet for octet.
     *
     * @throws InvalidValueException if the line is not exactly that
     */
    public static AuditRecord parse(String line) {
        return AuditLines.parseRecord(line);
    }

    private Octets computedHash() {
        return AuditHash.sha256(
                AuditHash.message(AuditHash.RECORD, previousHash, body().end().toString()));
    }

    private CanonicalJson body() {
        CanonicalJson json = new CanonicalJson()
                .begin()
                .text("chain", chain)
                .number("sequence", sequence)
                .time("time", time)
                .text("node", node)
                .text("event", event)
                .text("outcome", outcome)
                .text("actor", actor)
                .text("subject", subject)
                .beginObject("details");
        details.forEach(json::text);
        return json.end();
    }
}
