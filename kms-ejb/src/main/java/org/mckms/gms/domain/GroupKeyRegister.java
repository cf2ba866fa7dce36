package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.platform.datakey.DataKeys;
import org.mckms.platform.datakey.SealedData;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.RowFields;
import org.mckms.platform.row.StoredRow;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.KeyAcknowledgement;

/**
 * The keys of groups. Their octets are sealed under data keys together with owner, group, identifier, use and generation, so
 * that nobody can put the key of one group under the name of another; what is said of a key is under a MAC.
 */
public final class GroupKeyRegister {

    private static final String TABLE = "gms-key";
    private static final String SECRET = "gms-key-secret";

    private final GroupKeyRepository rows;
    private final DataKeys dataKeys;
    private final GroupGuard guard;

    public GroupKeyRegister(GroupKeyRepository rows, DataKeys dataKeys, GroupGuard guard) {
        this.rows = requireNonNull(rows, "rows");
        this.dataKeys = requireNonNull(dataKeys, "dataKeys");
        this.guard = requireNonNull(guard, "guard");
    }

    /** @param secret 16 octets; stays the caller's */
    public void add(Group group, GroupKey key, SecretOctets secret) {
        SealedData sealed = secret.use(octets -> dataKeys.seal(octets, binding(group, key)));
        rows.insert(protect(new StoredGroupKey(key, sealed)));
    }

    public Optional<GroupKey> find(KeyIdentifier keyId) {
        return rows.find(keyId).map(this::trusted).map(StoredGroupKey::key);
    }

    /** By generation, then use. */
    public List<GroupKey> ofGroup(String groupUri) {
        return rows.ofGroup(groupUri).stream()
                .map(this::trusted)
                .map(StoredGroupKey::key)
                .toList();
    }

    /** Those that newer keys have not taken the place of, or whose revocation is still told, by generation, then use. */
    public List<GroupKey> alive(String groupUri, Instant now) {
        return ofGroup(groupUri).stream().filter(key -> key.isDeliveredAt(now)).toList();
    }

    /** The same without revoked ones. */
    public List<GroupKey> unrevoked(String groupUri, Instant now) {
        return alive(groupUri, now).stream().filter(key -> !key.isRevoked()).toList();
    }

    /**
     * Those that members of a group are given at a time, by generation, then use. Of more revoked ones than an acknowledgement
     * has room for, those that were revoked last.
     */
    public List<GroupKey> delivered(String groupUri, Instant now) {
        List<GroupKey> alive = alive(groupUri, now);
        if (alive.size() <= KeyAcknowledgement.MAX_KEYS) {
            return alive;
        }
        Set<GroupKey> kept = alive.stream()
                .sorted(Comparator.comparing(
                        GroupKeyRegister::withdrawn, Comparator.nullsFirst(Comparator.reverseOrder())))
                .limit(KeyAcknowledgement.MAX_KEYS)
                .collect(Collectors.toSet());
        return alive.stream().filter(kept::contains).toList();
    }

    private static Instant withdrawn(GroupKey key) {
        return key.isRevoked() ? key.revokedAt().orElse(key.createdAt()) : null;
    }

    /** Those that one member is given. */
    public List<GroupKey> deliveredTo(Member member, Instant now) {
        return delivered(member.groupUri(), now).stream()
                .filter(key -> key.concerns(member))
                .toList();
    }

    /**
     * A key with its octets; the caller closes it.
     *
     * @throws KmsException {@code INTERNAL} if the row was changed past this server, {@code HSM_UNAVAILABLE}, {@code NOT_READY}
     */
    public GroupKeyToSend open(Group group, KeyIdentifier keyId) {
        StoredGroupKey stored = rows.find(keyId)
                .map(this::trusted)
                .filter(row -> row.key().groupUri().equals(group.uri()))
                .orElseThrow(() -> new KmsException(KmsErrorCode.NOT_FOUND, "the group has no key " + keyId));
        return new GroupKeyToSend(group, stored.key(), dataKeys.open(stored.sealed(), binding(group, stored.key())));
    }

    /** Changes what is said of a key; its octets stay. */
    public void change(GroupKey key) {
        StoredGroupKey stored = rows.find(key.keyId()).map(this::trusted).orElseThrow();
        rows.update(protect(new StoredGroupKey(key, stored.sealed())));
    }

    /** Keys that were superseded or expired before a time. */
    public List<KeyIdentifier> overBefore(Instant time, int limit) {
        return rows.overBefore(time, limit);
    }

    /** Forgets a key and the messages that carry it. */
    public void remove(KeyIdentifier keyId) {
        rows.remove(keyId);
    }

    private StoredGroupKey trusted(StoredRow<StoredGroupKey> row) {
        return guard.trusted(TABLE, row, this::fields);
    }

    private MacProtected<StoredGroupKey> protect(StoredGroupKey key) {
        return guard.protect(key, fields(key));
    }

    /** Rows of before it was written when a key is revoked have no field for it; nothing follows that could be taken for it. */
    private RowFields fields(StoredGroupKey stored) {
        GroupKey key = stored.key();
        RowFields fields = identity(guard.fields(TABLE), key)
                .name(key.status())
                .time(key.activation())
                .time(key.expiry())
                .time(key.createdAt())
                .time(key.supersededAt())
                .octets(stored.sealed().toOctets());
        return key.revokedAt().map(fields::time).orElse(fields);
    }

    private byte[] binding(Group group, GroupKey key) {
        return identity(guard.fields(SECRET).text(group.owner()), key).message().toByteArray();
    }

    private static RowFields identity(RowFields fields, GroupKey key) {
        return fields.text(key.keyId().toString())
                .text(key.groupUri())
                .number(key.generation())
                .name(key.use())
                .name(key.purpose())
                .octets(key.rand())
                .text(key.origin());
    }
}
