package org.mckms.kms.infrastructure.persistence;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.mckms.kms.domain.cek.CekEnding;
import org.mckms.kms.domain.cek.CekRecord;
import org.mckms.kms.domain.cek.CekRepository;
import org.mckms.kms.domain.cek.CekScope;
import org.mckms.kms.domain.cek.CekState;
import org.mckms.kms.domain.cek.StoredCek;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.datakey.SealedData;
import org.mckms.platform.row.IndexHash;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** The columns of table {@code kms_cek}. What never changes about a key is written once. */
final class CekColumns {

    private static final String CONSTANT =
            "key_id, user_uri, server_uri, sip_session, created_at, predecessor, token_digest";
    private static final String CHANGING =
            "state, revision, acknowledged, valid_to, refresh_after, ended_at, end_reason, sealed, row_mac";

    /** What a row is read from. */
    static final String ALL = CONSTANT + ", " + CHANGING;

    static final String INSERT = "INSERT INTO kms_cek (" + ALL
            + ", live, due_at, user_hash, scope_hash, session_hash, token_hash)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    static final String UPDATE =
            "UPDATE kms_cek SET " + CHANGING.replace(",", " = ?,") + " = ?, live = ?, due_at = ? WHERE key_id = ?";

    private static final int CONSTANTS = 7;
    private static final int CHANGINGS = 11;

    private CekColumns() {}

    static void insert(PreparedStatement insert, CekRepository.Write write) throws SQLException {
        CekRecord cek = write.row().row().cek();
        insert.setString(1, cek.id());
        insert.setString(2, cek.scope().userUri());
        insert.setString(3, cek.scope().serverUri());
        insert.setString(4, cek.scope().session().orElse(null));
        insert.setObject(5, Columns.time(cek.createdAt()));
        insert.setString(6, cek.predecessor().map(Octets::toHex).orElse(null));
        insert.setString(7, cek.tokenDigest().map(Octets::toHex).orElse(null));
        changing(insert, CONSTANTS, write);
        hashes(insert, CONSTANTS + CHANGINGS, cek);
    }

    /** What rows are looked up by. */
    private static void hashes(PreparedStatement insert, int before, CekRecord cek) throws SQLException {
        CekScope scope = cek.scope();
        insert.setLong(before + 1, IndexHash.of(scope.userUri()));
        insert.setLong(before + 2, scope.hash());
        insert.setObject(before + 3, scope.session().map(IndexHash::of).orElse(null), Types.BIGINT);
        insert.setObject(before + 4, cek.tokenDigest().map(IndexHash::of).orElse(null), Types.BIGINT);
    }

    static void update(PreparedStatement update, CekRepository.Write write) throws SQLException {
        changing(update, 0, write);
        update.setString(CHANGINGS + 1, write.row().row().cek().id());
    }

    private static void changing(PreparedStatement statement, int before, CekRepository.Write write)
            throws SQLException {
        StoredCek stored = write.row().row();
        CekRecord cek = stored.cek();
        statement.setString(before + 1, cek.state().name());
        statement.setLong(before + 2, cek.revision());
        statement.setLong(before + 3, cek.acknowledged());
        statement.setObject(before + 4, Columns.time(cek.validTo()));
        statement.setObject(before + 5, Columns.time(cek.refreshAfter()));
        time(statement, before + 6, cek.endedAt());
        statement.setString(before + 7, cek.ending().map(Enum::name).orElse(null));
        statement.setString(
                before + 8,
                stored.sealed().map(SealedData::toOctets).map(Octets::toHex).orElse(null));
        statement.setString(before + 9, write.row().mac().toHex());
        statement.setString(before + 10, cek.state().isLive() ? cek.state().name() : null);
        statement.setObject(before + 11, Columns.time(write.dueAt()));
    }

    private static void time(PreparedStatement statement, int place, Optional<Instant> time) throws SQLException {
        if (time.isPresent()) {
            statement.setObject(place, Columns.time(time.get()));
        } else {
            statement.setNull(place, Types.TIMESTAMP_WITH_TIMEZONE);
        }
    }

    static StoredRow<StoredCek> stored(ColumnReader row) {
        String keyId = row.text();
        return new StoredRow<>(keyId, Columns.readable(keyId, () -> value(Octets.fromHex(keyId), row)));
    }

    /** The columns come in another order than the parts of a record. */
    private static MacProtected<StoredCek> value(Octets keyId, ColumnReader row) {
        CekScope scope = new CekScope(row.text(), row.text(), row.optionalText());
        Instant createdAt = row.time();
        Optional<Octets> predecessor = row.optionalOctets();
        Optional<Octets> tokenDigest = row.optionalOctets();
        CekRecord cek = new CekRecord(
                keyId,
                scope,
                row.name(CekState.class),
                row.number(),
                row.number(),
                createdAt,
                row.time(),
                row.time(),
                predecessor,
                tokenDigest,
                row.optionalTime(),
                row.optionalText().map(CekEnding::valueOf));
        return new MacProtected<>(new StoredCek(cek, row.optionalOctets().map(SealedData::of)), row.octets());
    }
}
