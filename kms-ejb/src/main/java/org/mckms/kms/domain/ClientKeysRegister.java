package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mckms.kms.domain.StoredClientKeys.Content;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/**
 * The keys of all devices. Every method runs inside a transaction of its caller; each row that is opened is one call of
 * the token. A row that was changed, moved, removed or put back to an older revision past this server is refused with
 * {@code INTERNAL} and told to the audit trail.
 */
public final class ClientKeysRegister {

    private final ClientKeysRepository rows;
    private final ClientKeysSafe safe;
    private final RevisionMarks marks;

    public ClientKeysRegister(ClientKeysRepository rows, ClientKeysSafe safe, RevisionMarks marks) {
        this.rows = requireNonNull(rows, "rows");
        this.safe = requireNonNull(safe, "safe");
        this.marks = requireNonNull(marks, "marks");
    }

    /** The devices of some identities, as rows that are not opened yet. */
    public static final class Devices {

        private final List<Content> found;

        private Devices(List<Content> found) {
            this.found = List.copyOf(found);
        }

        /** Whether none of them ever had keys: then the policy of their class decides. */
        public boolean isEmpty() {
            return found.isEmpty();
        }

        /** The identities that have keys, or had some. */
        public List<String> owners() {
            return found.stream()
                    .map(row -> row.record().id().ownerUri())
                    .distinct()
                    .toList();
        }
    }

    /** Looks the devices of identities up; does not call the token. */
    public Devices devices(Collection<String> ownerUris) {
        List<Content> found = rows.ofOwners(ownerUris).stream()
                .map(this::readable)
                .map(this::notOlderThanSeen)
                .toList();
        for (String owner : ownerUris) {
            boolean present =
                    found.stream().anyMatch(row -> row.record().id().ownerUri().equals(owner));
            if (!present && marks.isKnown(owner)) {
                throw safe.tampered(
                        new ClientKeysId(owner, ClientKeysId.DEFAULT_DEVICE), "all devices of the identity are gone");
            }
        }
        return new Devices(found);
    }

    /** The keys one of which has this name; empty if none has, or they were revoked. The caller closes them. */
    public Optional<OpenedClientKeys> open(Devices devices, String keyName) {
        return devices.found.stream()
                .filter(row -> row.record().names(keyName))
                .findFirst()
                .map(this::opened);
    }

    /** As {@link #open}, of one identity. */
    public Optional<OpenedClientKeys> openFor(String ownerUri, String keyName) {
        return open(devices(List.of(ownerUri)), keyName);
    }

    /**
     * The keys of a device that names none of them. Without a name of a device: of the one called {@code default}, else
     * of the only one there is. The caller closes them.
     */
    public Optional<OpenedClientKeys> openDefault(String ownerUri, Optional<String> device) {
        List<Content> usable = devices(List.of(ownerUri)).found.stream()
                .filter(row -> row.record().state() != ClientKeysState.REVOKED)
                .toList();
        Optional<Content> named = usable.stream()
                .filter(row -> row.record().id().device().equals(device.orElse(ClientKeysId.DEFAULT_DEVICE)))
                .findFirst();
        boolean onlyOne = device.isEmpty() && usable.size() == 1;
        return named.or(() -> onlyOne ? Optional.of(usable.get(0)) : Optional.empty())
                .map(this::opened);
    }

    /** Names for the next keys of an identity, unique over all its devices, those with imported keys included. */
    public ClientKeyNames nextNames(String ownerUri) {
        List<ClientKeysRecord> held = rows.ofOwners(List.of(ownerUri)).stream()
                .flatMap(row -> row.content().stream())
                .map(Content::record)
                .toList();
        int number = rows.newestNumber(ownerUri);
        ClientKeyNames names;
        do {
            number = Math.addExact(number, 1);
            names = ClientKeyNames.of(number, ownerUri);
        } while (held.stream().anyMatch(names::isTakenBy));
        return names;
    }

    /**
     * Registers a device, or registers it again, which heals whatever happened to its keys: nothing of the old ones stays.
     *
     * @param fresh       named by {@link #nextNames}, or imported with names that no other device of the identity uses;
     *                    not kept, the caller closes them
     * @param usableUntil when they are void unless they were used before
     * @throws KmsException {@code CONFLICT} if another device of the identity has a key of one of these names
     */
    public ClientKeysRecord register(ClientKeysId id, ClientKeys fresh, Optional<Instant> usableUntil, Instant now) {
        List<String> names = names(fresh);
        refuseTakenNames(id, names);
        int number = nextNames(id.ownerUri()).number();
        Optional<StoredClientKeys> held = rows.lock(id);
        ClientKeysRecord record = new ClientKeysRecord(
                id,
                ClientKeysState.REGISTERED,
                nextRevision(id, held),
                number,
                usableUntil,
                now,
                Optional.empty(),
                now,
                false,
                names,
                List.of(),
                safe.sealingLabel());
        Content row = safe.seal(record, Optional.of(fresh), Optional.empty());
        if (held.isPresent()) {
            rows.update(row);
        } else {
            rows.insert(row);
        }
        return record;
    }

    /** Erases the keys of a device. Works for a row that was tampered with, too. */
    public ClientKeysRecord revoke(ClientKeysId id, Instant now) {
        StoredClientKeys held = rows.lock(id).orElseThrow(() -> unknown(id));
        ClientKeysRecord record = new ClientKeysRecord(
                id,
                ClientKeysState.REVOKED,
                nextRevision(id, Optional.of(held)),
                held.content().map(row -> row.record().number()).orElseGet(() -> nextNames(id.ownerUri())
                        .number()),
                Optional.empty(),
                held.content().map(row -> row.record().registeredAt()).orElse(now),
                held.content().flatMap(row -> row.record().lastUsed()),
                now,
                false,
                List.of(),
                List.of(),
                safe.sealingLabel());
        rows.update(safe.seal(record, Optional.empty(), Optional.empty()));
        return record;
    }

    /** The next answer to the device brings new keys. */
    public ClientKeysRecord orderRotation(ClientKeysId id) {
        try (OpenedClientKeys keys = lock(id)) {
            return write(ClientKeysChange.of(keys.record()).ordered(), keys.active(), keys.pending());
        }
    }

    /** The row as it is committed, held until the transaction ends; the caller closes the keys. */
    OpenedClientKeys lock(ClientKeysId id) {
        Content row = rows.lock(id).map(this::readable).orElseThrow(() -> unknown(id));
        if (row.record().revision() < marks.newest(id)) {
            throw olderThanSeen(id);
        }
        if (row.record().state() == ClientKeysState.REVOKED) {
            throw new KmsException(KmsErrorCode.CONFLICT, "the keys of this device are revoked");
        }
        return opened(row);
    }

    /** Writes a record that was changed under {@link #lock}. */
    ClientKeysRecord write(ClientKeysChange change, ClientKeys active, Optional<ClientKeys> pending) {
        ClientKeysRecord record = change.sealedUnder(safe.sealingLabel());
        rows.update(safe.seal(record, Optional.of(active), pending));
        return record;
    }

    /** Told after the commit: from now on an older revision of the row is a forged one. */
    public void committed(ClientKeysRecord record) {
        marks.saw(record.id(), record.revision());
    }

    /** Notes a use, without a call of the token. */
    void touch(ClientKeysId id, Instant now) {
        rows.touch(id, now);
    }

    /** One device as it is stored; see {@link #isIntact}. */
    public Optional<StoredClientKeys> find(ClientKeysId id) {
        return rows.ofOwners(List.of(id.ownerUri())).stream()
                .filter(row -> row.id().equals(id.toString()))
                .findFirst();
    }

    /** The devices of an identity as they are stored; see {@link #isIntact}. */
    public List<StoredClientKeys> ofOwner(String ownerUri) {
        return rows.ofOwners(List.of(ownerUri));
    }

    /** A page of devices as they are stored; see {@link #isIntact}. */
    public List<StoredClientKeys> page(Optional<ClientKeysId> after, int limit) {
        return rows.page(after, limit);
    }

    /** Asks the token whether a row is what this server wrote last, as far as this node knows. */
    public boolean isIntact(StoredClientKeys row) {
        return row.content()
                .filter(content -> content.record().revision()
                        >= marks.newest(content.record().id()))
                .filter(safe::isIntact)
                .isPresent();
    }

    private OpenedClientKeys opened(Content row) {
        OpenedClientKeys keys = safe.open(row);
        marks.saw(keys.record().id(), keys.record().revision());
        return keys;
    }

    private Content readable(StoredClientKeys row) {
        return row.content().orElseThrow(() -> safe.malformed(row.id()));
    }

    /** A row that was read before another request changed it is old for a good reason: it is read once more. */
    private Content notOlderThanSeen(Content row) {
        ClientKeysId id = row.record().id();
        if (row.record().revision() >= marks.newest(id)) {
            return row;
        }
        return rows.lock(id)
                .map(this::readable)
                .filter(again -> again.record().revision() >= marks.newest(id))
                .orElseThrow(() -> olderThanSeen(id));
    }

    private KmsException olderThanSeen(ClientKeysId id) {
        return safe.tampered(id, "it was put back to an older revision");
    }

    private long nextRevision(ClientKeysId id, Optional<StoredClientKeys> held) {
        long stored = held.flatMap(StoredClientKeys::content)
                .map(row -> row.record().revision())
                .orElse(0L);
        return Math.max(stored, marks.newest(id)) + 1;
    }

    private void refuseTakenNames(ClientKeysId id, List<String> names) {
        boolean taken = rows.ofOwners(List.of(id.ownerUri())).stream()
                .flatMap(row -> row.content().stream())
                .map(Content::record)
                .filter(other -> !other.id().equals(id))
                .anyMatch(other -> names.stream().anyMatch(other::names));
        if (taken) {
            throw new KmsException(KmsErrorCode.CONFLICT, "another device of the identity has a key of this name");
        }
    }

    private static List<String> names(ClientKeys keys) {
        List<String> names = Stream.concat(Stream.of(keys.transportKey()), keys.integrityKey().stream())
                .map(NamedKey::name)
                .toList();
        if (names.stream().distinct().count() != names.size()) {
            throw new InvalidValueException("a TrK and an InK have different names");
        }
        return names;
    }

    private static KmsException unknown(ClientKeysId id) {
        return new KmsException(KmsErrorCode.NOT_FOUND, "no keys of " + id);
    }
}
