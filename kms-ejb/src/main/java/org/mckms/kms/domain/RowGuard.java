package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import org.mckms.mikeysakke.Octets;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Protects rows that decide something against whoever can write to the database but not use the token. */
public final class RowGuard {

    private final TokenServices tokens;
    private final String kmsUri;
    private final AuditTrail audit;

    public RowGuard(TokenServices tokens, String kmsUri, AuditTrail audit) {
        this.tokens = requireNonNull(tokens, "tokens");
        this.kmsUri = requireNonNull(kmsUri, "kmsUri");
        this.audit = requireNonNull(audit, "audit");
    }

    RowFields fields(RowTable table) {
        return new RowFields(kmsUri, table);
    }

    Octets mac(RowFields fields) {
        return tokens.rowMac(fields.message());
    }

    boolean matches(RowFields fields, Octets mac) {
        return tokens.rowMacMatches(fields.message(), mac);
    }

    /**
     * Passes only if the MAC is right.
     *
     * @param id names the row for the audit trail
     * @throws KmsException {@code INTERNAL} if it is not; the audit trail then has a record, if it can be written
     */
    void check(RowTable table, String id, RowFields fields, Octets mac) {
        if (!matches(fields, mac)) {
            throw tampered(table, id, "the MAC of the row is wrong");
        }
    }

    KmsException tampered(RowTable table, String id, String finding) {
        KmsException refusal = new KmsException(
                KmsErrorCode.INTERNAL, "a row of table " + table.label() + " was changed past this server: " + finding);
        try {
            audit.record(AuditNote.of(AuditEvent.REQUEST_REFUSED, KmsErrorCode.INTERNAL.name(), AuditNote.SYSTEM, id)
                    .with("table", table.label())
                    .with("finding", finding));
        } catch (KmsException e) {
            refusal.addSuppressed(e);
        }
        return refusal;
    }
}
