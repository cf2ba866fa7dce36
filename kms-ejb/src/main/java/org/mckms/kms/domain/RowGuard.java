package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.RowFields;
import org.mckms.platform.row.StoredRow;
import org.mckms.platform.row.TamperAlarm;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Protects rows that decide something against whoever can write to the database but not use the token. */
public final class RowGuard {

    /** Rows of many identities in a busy hour; 32 octets and some overhead each. */
    private static final int MAX_CONFIRMED = 50_000;

    static final String WRONG_MAC = "its MAC is wrong";
    static final String MALFORMED = "its columns hold what this server never writes";

    private final TokenServices tokens;
    private final String kmsUri;
    private final TamperAlarm alarm;
    private final ConfirmedRows confirmed = new ConfirmedRows(MAX_CONFIRMED);

    public RowGuard(TokenServices tokens, String kmsUri, TamperAlarm alarm) {
        this.tokens = requireNonNull(tokens, "tokens");
        this.kmsUri = requireNonNull(kmsUri, "kmsUri");
        this.alarm = requireNonNull(alarm, "alarm");
    }

    RowFields fields(RowTable table) {
        return new RowFields(kmsUri, table.label());
    }

    Octets mac(RowFields fields) {
        return tokens.rowMac(fields.message());
    }

    /** Asks the token once for each content and MAC: what it confirmed once is true for ever. */
    boolean matches(RowFields fields, Octets mac) {
        Octets message = fields.message();
        if (confirmed.contains(message, mac)) {
            return true;
        }
        boolean matches = tokens.rowMacMatches(message, mac);
        if (matches) {
            confirmed.add(message, mac);
        }
        return matches;
    }

    /**
     * Passes only if the MAC is right.
     *
     * @param id names the row for the audit trail
     * @throws KmsException {@code INTERNAL} if it is not; the audit trail then has a record, if it can be written
     */
    void check(RowTable table, String id, RowFields fields, Octets mac) {
        if (!matches(fields, mac)) {
            throw tampered(table, id, WRONG_MAC);
        }
    }

    /**
     * The value of a row, if its MAC is right.
     *
     * @throws KmsException as {@link #check}
     */
    <T> T trusted(RowTable table, StoredRow<T> row, Function<T, RowFields> fields) {
        MacProtected<T> content = row.content().orElseThrow(() -> tampered(table, row.id(), MALFORMED));
        check(table, row.id(), fields.apply(content.row()), content.mac());
        return content.row();
    }

    /** Tells of a row that was changed past this server, and gives the refusal to throw. */
    KmsException tampered(RowTable table, String id, String finding) {
        tell(table, id, finding);
        return refusal(table, finding);
    }

    static KmsException refusal(RowTable table, String finding) {
        return new KmsException(
                KmsErrorCode.INTERNAL, "a row of table " + table.label() + " was changed past this server: " + finding);
    }

    /**
     * Writes to log and audit trail that a row was changed past this server.
     *
     * @return whether the audit trail took it
     */
    boolean tell(RowTable table, String id, String finding) {
        return alarm.rowTampered(table.label(), id, finding);
    }
}
