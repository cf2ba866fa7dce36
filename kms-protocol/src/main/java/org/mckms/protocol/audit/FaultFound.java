package org.mckms.protocol.audit;

/** Ends a verification at its first fault. */
final class FaultFound extends Exception {
    private final transient AuditFault fault;

    FaultFound(String where, String what) {
        super(where + ": " + what);
        this.fault = new AuditFault(where, what);
    }

    FaultFound(AuditRecord record, String what) {
        this("chain " + record.chain() + ", sequence " + record.sequence(), what);
    }

    AuditFault fault() {
        return fault;
    }

    static void unless(boolean good, AuditRecord record, String what) throws FaultFound {
        if (!good) {
            throw new FaultFound(record, what);
        }
    }

    static void unless(boolean good, String where, String what) throws FaultFound {
        if (!good) {
            throw new FaultFound(where, what);
        }
    }
}
