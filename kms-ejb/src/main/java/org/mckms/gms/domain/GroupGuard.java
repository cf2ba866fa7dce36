package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.datakey.DataKeys;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.RowFields;
import org.mckms.platform.row.StoredRow;
import org.mckms.platform.row.TamperAlarm;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Protects the rows of groups, members, keys and jobs against whoever can write to the database but has no data key. */
public final class GroupGuard {

    private final DataKeys keys;
    private final String gmsUri;
    private final TamperAlarm alarm;

    /** @param gmsUri URI of this server, so that rows of one are none of another */
    public GroupGuard(DataKeys keys, String gmsUri, TamperAlarm alarm) {
        this.keys = requireNonNull(keys, "keys");
        this.gmsUri = requireNonNull(gmsUri, "gmsUri");
        this.alarm = requireNonNull(alarm, "alarm");
    }

    /** Begins the fields of a row under its MAC. */
    public RowFields fields(String table) {
        return new RowFields(gmsUri, table);
    }

    /** A row with its MAC. */
    public <T> MacProtected<T> protect(T row, RowFields fields) {
        return new MacProtected<>(row, keys.mac(fields.message().toByteArray()));
    }

    /**
     * The value of a row, if its MAC is right.
     *
     * @throws KmsException {@code INTERNAL} if it is not; the audit trail then has a record, if it can be written
     */
    public <T> T trusted(String table, StoredRow<T> row, Function<T, RowFields> fields) {
        MacProtected<T> content = row.content()
                .orElseThrow(() -> tampered(table, row.id(), "its columns hold what this server never writes"));
        Octets message = fields.apply(content.row()).message();
        if (!keys.macMatches(message.toByteArray(), content.mac())) {
            throw tampered(table, row.id(), "its MAC is wrong");
        }
        return content.row();
    }

    /** Tells of a row that was changed past this server, and gives the refusal to throw. */
    KmsException tampered(String table, String id, String finding) {
        alarm.rowTampered(table, id, finding);
        return new KmsException(
                KmsErrorCode.INTERNAL, "a row of table " + table + " was changed past this server: " + finding);
    }
}
