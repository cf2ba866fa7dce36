package org.mckms.kms.domain.cek;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.platform.datakey.DataKeys;
import org.mckms.platform.datakey.SealedData;
import org.mckms.platform.persistence.BeforeCommit;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.RowFields;
import org.mckms.platform.row.StoredRow;
import org.mckms.platform.row.TamperAlarm;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * The content encryption keys. Their octets are sealed under data keys together with Key ID, scope, state, revision and time
 * of making, so that nobody can put the key of one user under the name of another or give an ended one back; all columns
 * that decide something are under a MAC besides. Every method runs inside a transaction of its caller.
 */
public final class CekRegister {

    private static final String TABLE = "cek";
    private static final String SECRET = "cek-secret";
    private static final Pattern KEY_ID = Pattern.compile("[0-9A-F]{32}");

    private final CekRepository rows;
    private final DataKeys dataKeys;
    private final String kmsUri;
    private final TamperAlarm alarm;
    private final CekPolicy policy;
    private final BeforeCommit last;

    /**
     * Rows as they were found.
     *
     * @param intact  those that are what this server wrote
     * @param altered Key IDs of the others; they are told
     */
    public record Found(List<StoredCek> intact, List<Octets> altered) {

        /** What is said of the intact ones. */
        public List<CekRecord> records() {
            return intact.stream().map(StoredCek::cek).toList();
        }

        /** The last Key ID of all. */
        public Optional<Octets> last() {
            return Stream.concat(records().stream().map(CekRecord::keyId), altered.stream())
                    .max(Comparator.comparing(Octets::toHex));
        }
    }

    /**
     * A change of a key.
     *
     * @param before as it is stored
     * @param after  the same Key ID
     */
    public record Change(StoredCek before, CekRecord after) {}

    public CekRegister(
            CekRepository rows,
            DataKeys dataKeys,
            String kmsUri,
            TamperAlarm alarm,
            CekPolicy policy,
            BeforeCommit last) {
        this.rows = requireNonNull(rows, "rows");
        this.dataKeys = requireNonNull(dataKeys, "dataKeys");
        this.kmsUri = requireNonNull(kmsUri, "kmsUri");
        this.alarm = requireNonNull(alarm, "alarm");
        this.policy = requireNonNull(policy, "policy");
        this.last = requireNonNull(last, "last");
    }

    /**
     * Stores a new key, at the end of the transaction.
     *
     * @param key 32 octets; the result has them from now on
     */
    public OpenedCek add(CekRecord cek, SecretOctets key) {
        CekRepository.Write row = write(new StoredCek(cek, Optional.of(seal(cek, key))));
        last.run(() -> rows.insert(row));
        return new OpenedCek(cek, Optional.of(key));
    }

    /** Writes changes, in this order; the octets of keys that end go. */
    public void change(List<Change> changes) {
        rows.update(writes(changes));
    }

    /**
     * As {@link #change}, at the end of the transaction. No row stands in the way of the keys that become active: what was altered, or
     * is over and not swept yet.
     *
     * @param entered scopes of the keys that become active
     */
    public void changeLast(List<Change> changes, List<CekScope> entered) {
        List<CekRepository.Write> writes = writes(changes);
        last.run(() -> {
            rows.vacate(entered);
            rows.update(writes);
        });
    }

    private List<CekRepository.Write> writes(List<Change> changes) {
        return changes.stream()
                .map(change -> write(new StoredCek(change.after(), sealed(change))))
                .toList();
    }

    private Optional<SealedData> sealed(Change change) {
        StoredCek before = change.before();
        CekRecord after = change.after();
        if (after.state() == CekState.ENDED) {
            return Optional.empty();
        }
        if (binding(before.cek()).equals(binding(after))) {
            return before.sealed();
        }
        try (SecretOctets key = key(before).orElseThrow()) {
            return Optional.of(seal(after, key));
        }
    }

    private SealedData seal(CekRecord cek, SecretOctets key) {
        return key.use(octets -> dataKeys.seal(octets, binding(cek).toByteArray()));
    }

    /**
     * A key with its octets; the caller closes it.
     *
     * @throws KmsException {@code INTERNAL} if it was altered, {@code HSM_UNAVAILABLE}, {@code NOT_READY}
     */
    public OpenedCek open(StoredCek stored) {
        return new OpenedCek(stored.cek(), key(stored));
    }

    private Optional<SecretOctets> key(StoredCek stored) {
        return stored.sealed()
                .map(octets -> dataKeys.open(octets, binding(stored.cek()).toByteArray()));
    }

    /** Those there are, in order of Key ID. */
    public Found find(Collection<Octets> keyIds) {
        return keyIds.isEmpty() ? new Found(List.of(), List.of()) : sorted(rows.find(keyIds));
    }

    /** As {@link #lock}, with the keys whose place pending ones among them take. */
    public Found lockWithPredecessors(Collection<Octets> keyIds) {
        if (keyIds.isEmpty()) {
            return new Found(List.of(), List.of());
        }
        Set<Octets> all = new HashSet<>(keyIds);
        all.addAll(rows.predecessorsOf(keyIds));
        return sorted(rows.lock(all));
    }

    /** As {@link #find}, and holds the rows until the transaction ends. */
    public Found lock(Collection<Octets> keyIds) {
        return keyIds.isEmpty() ? new Found(List.of(), List.of()) : sorted(rows.lock(keyIds));
    }

    /**
     * Those of a scope.
     *
     * @throws KmsException {@code INTERNAL} if a row was changed past this server
     */
    public ScopeKeys ofScope(CekScope scope) {
        Found found = sorted(rows.ofScope(scope));
        List<CekRecord> others = found.records().stream()
                .filter(cek -> cek.scope().hash() != scope.hash())
                .toList();
        others.forEach(cek -> alarm.rowTampered(TABLE, cek.id(), "it stands in a scope that is not its own"));
        if (!others.isEmpty() || !found.altered().isEmpty()) {
            throw new KmsException(KmsErrorCode.INTERNAL, "a row of table " + TABLE + " was changed past this server");
        }
        return new ScopeKeys(found.intact().stream()
                .filter(stored -> stored.cek().scope().equals(scope))
                .toList());
    }

    /**
     * What a user has of a server, without any check; as much as all its keys where not even they are too many sessions, of which fewer are
     * allowed than of ends.
     */
    public CekRepository.Holding holding(String userUri, String serverUri) {
        long all = rows.count(userUri);
        return policy.allowsSession(all) ? new CekRepository.Holding(all, all) : rows.holding(userUri, serverUri);
    }

    /** All of a user; holds the rows until the transaction ends. */
    public Found lockOfUser(String userUri) {
        return sorted(rows.lockOfUser(userUri));
    }

    /** Those of a user in a session, with whatever server; holds the rows until the transaction ends. */
    public Found lockOfUser(String userUri, String session) {
        return sorted(rows.lockOfUser(userUri, session));
    }

    /** Those made under a token, successors included; holds the rows until the transaction ends. */
    public Found lockOfToken(Octets tokenDigest) {
        return sorted(settled(() -> rows.lockOfToken(tokenDigest)));
    }

    /** Those of a session with a server, successors included; holds the rows until the transaction ends. */
    public Found lockOfSession(String serverUri, String session) {
        return sorted(settled(() -> rows.lockOfSession(serverUri, session)));
    }

    /**
     * Rows of which no more come: whoever makes a successor holds its predecessor, so that a statement that had to wait for that
     * one does not see it yet and the next one does.
     */
    private static List<StoredRow<StoredCek>> settled(Supplier<List<StoredRow<StoredCek>>> lock) {
        int before;
        List<StoredRow<StoredCek>> found = List.of();
        do {
            before = found.size();
            found = lock.get();
        } while (found.size() > before);
        return found;
    }

    /** Those of a server that it has not acknowledged as they are. */
    public Found unacknowledged(String serverUri, Optional<Octets> after, int limit) {
        return sorted(rows.unacknowledged(serverUri, after, limit));
    }

    /** Those of a server that have not ended. */
    public Found living(String serverUri, Optional<Octets> after, int limit) {
        return sorted(rows.living(serverUri, after, limit));
    }

    /** A page without any check of MACs; see {@link #isIntact}. */
    public List<StoredRow<StoredCek>> page(CekRepository.Page page) {
        return rows.page(page);
    }

    /** Whether a row is what this server wrote. */
    public boolean isIntact(MacProtected<StoredCek> row) {
        return dataKeys.macMatches(fields(row.row()).message().toByteArray(), row.mac());
    }

    private Found sorted(List<StoredRow<StoredCek>> found) {
        List<StoredCek> intact = new ArrayList<>(found.size());
        List<Octets> altered = new ArrayList<>();
        for (StoredRow<StoredCek> row : found) {
            Optional<StoredCek> trusted = row.content().filter(this::isIntact).map(MacProtected::row);
            trusted.ifPresentOrElse(intact::add, () -> {
                alarm.rowTampered(
                        TABLE, row.id(), "its MAC is wrong, or its columns hold what this server never writes");
                if (KEY_ID.matcher(row.id()).matches()) {
                    altered.add(Octets.fromHex(row.id()));
                }
            });
        }
        return new Found(intact, altered);
    }

    private CekRepository.Write write(StoredCek stored) {
        byte[] message = fields(stored).message().toByteArray();
        return new CekRepository.Write(new MacProtected<>(stored, dataKeys.mac(message)), policy.dueAt(stored.cek()));
    }

    /** Makes rows due at another time. */
    public void postpone(Collection<Octets> keyIds, Instant dueAt) {
        if (!keyIds.isEmpty()) {
            rows.postpone(keyIds, dueAt);
        }
    }

    public void remove(Collection<Octets> keyIds) {
        if (!keyIds.isEmpty()) {
            rows.remove(keyIds);
        }
    }

    private RowFields fields(StoredCek stored) {
        CekRecord cek = stored.cek();
        return bound(new RowFields(kmsUri, TABLE), cek)
                .number(cek.acknowledged())
                .time(cek.validTo())
                .time(cek.refreshAfter())
                .text(cek.predecessor().map(Octets::toHex))
                .text(cek.tokenDigest().map(Octets::toHex))
                .time(cek.endedAt())
                .text(cek.ending().map(Enum::name))
                .text(stored.sealed().map(SealedData::toOctets).map(Octets::toHex));
    }

    private Octets binding(CekRecord cek) {
        return bound(new RowFields(kmsUri, SECRET), cek).message();
    }

    private static RowFields bound(RowFields fields, CekRecord cek) {
        return fields.octets(cek.keyId())
                .text(cek.scope().userUri())
                .text(cek.scope().serverUri())
                .text(cek.scope().session())
                .name(cek.state())
                .number(cek.revision())
                .time(cek.createdAt());
    }
}
