package org.mckms.protocol.audit;

/**
 * What is wrong with an audit trail.
 *
 * @param where the chain and sequence, or the checkpoint
 * @param what one sentence without full stop
 */
public record AuditFault(String where, String what) {
    @Override
    public String toString() {
        return where + ": " + what;
    }
}
