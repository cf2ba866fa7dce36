package org.mckms.protocol.audit;

import java.time.Instant;
import java.util.Optional;

/** Follows one chain from record to record. */
final class ChainCheck {
    private final String node;
    private final Instant opened;
    private final HeadLog checkpointed;
    private ChainHead head;
    private boolean closed;

    private ChainCheck(AuditRecord first, HeadLog checkpointed) {
        this.node = first.node();
        this.opened = first.time();
        this.checkpointed = checkpointed;
        this.head = first.head();
    }

    /** Begins a chain. */
    static ChainCheck begin(AuditRecord first, HeadLog checkpointed) throws FaultFound {
        requireIntact(first);
        FaultFound.unless(first.sequence() == 1, first, "the records before it are missing");
        FaultFound.unless(first.previousHash().equals(AuditHash.NONE), first, "it does not begin a chain");
        FaultFound.unless(first.is(AuditEvent.CHAIN_OPENED), first, "the chain does not begin with CHAIN_OPENED");
        ChainCheck chain = new ChainCheck(first, checkpointed);
        chain.compareWithCheckpoints(first);
        return chain;
    }

    /** Takes the next record. */
    void take(AuditRecord record) throws FaultFound {
        requireIntact(record);
        long expected = head.sequence() + 1;
        FaultFound.unless(record.sequence() >= expected, record, "it comes twice or out of order");
        FaultFound.unless(
                record.sequence() == expected, record, "the records from sequence " + expected + " on are missing");
        FaultFound.unless(record.previousHash().equals(head.hash()), record, "it does not follow the record before it");
        FaultFound.unless(!closed, record, "it comes after the chain was closed");
        FaultFound.unless(!record.is(AuditEvent.CHAIN_OPENED), record, "the chain is opened a second time");
        FaultFound.unless(record.node().equals(node), record, "it is of node " + record.node() + ", not " + node);
        head = record.head();
        closed = record.is(AuditEvent.CHAIN_CLOSED);
        compareWithCheckpoints(record);
    }

    String node() {
        return node;
    }

    Instant opened() {
        return opened;
    }

    ChainHead head() {
        return head;
    }

    boolean closed() {
        return closed;
    }

    private void compareWithCheckpoints(AuditRecord record) throws FaultFound {
        Optional<Long> contradiction = checkpointed.contradiction(record.head());
        if (contradiction.isPresent()) {
            throw new FaultFound(record, "checkpoint " + contradiction.get() + " has another hash for it");
        }
    }

    private static void requireIntact(AuditRecord record) throws FaultFound {
        FaultFound.unless(record.isIntact(), record, "it was altered: its hash is not that of its content");
    }
}
