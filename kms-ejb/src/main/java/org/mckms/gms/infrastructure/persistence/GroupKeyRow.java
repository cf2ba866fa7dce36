package org.mckms.gms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.KeyStatus;
import org.mckms.gms.domain.KeyUse;
import org.mckms.gms.domain.StoredGroupKey;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.platform.datakey.SealedData;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

@Entity
@Table(name = "gms_key")
class GroupKeyRow {

    @Id
    @Column(name = "key_id")
    String keyId;

    @Column(name = "group_uri")
    String groupUri;

    @Column(name = "generation")
    long generation;

    @Column(name = "key_use")
    String use;

    @Column(name = "purpose")
    String purpose;

    @Column(name = "rand")
    String rand;

    @Column(name = "status")
    String status;

    @Column(name = "activation")
    OffsetDateTime activation;

    @Column(name = "expiry")
    OffsetDateTime expiry;

    @Column(name = "origin")
    String origin;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    @Column(name = "superseded_at")
    OffsetDateTime supersededAt;

    @Column(name = "revoked_at")
    OffsetDateTime revokedAt;

    @Column(name = "sealed")
    String sealed;

    @Column(name = "row_mac")
    String rowMac;

    void take(MacProtected<StoredGroupKey> stored) {
        GroupKey key = stored.row().key();
        keyId = key.keyId().toString();
        groupUri = key.groupUri();
        generation = key.generation();
        use = key.use().name();
        purpose = key.purpose().name();
        rand = key.rand().toHex();
        status = key.status().name();
        activation = Columns.timeOrNull(key.activation());
        expiry = Columns.timeOrNull(key.expiry());
        origin = key.origin().orElse(null);
        createdAt = Columns.time(key.createdAt());
        supersededAt = Columns.timeOrNull(key.supersededAt());
        revokedAt = Columns.timeOrNull(key.revokedAt());
        sealed = stored.row().sealed().toOctets().toHex();
        rowMac = stored.mac().toHex();
    }

    StoredRow<StoredGroupKey> stored() {
        return Columns.stored(keyId, this::value);
    }

    private MacProtected<StoredGroupKey> value() {
        GroupKey key = new GroupKey(
                Columns.keyId(keyId),
                groupUri,
                generation,
                KeyUse.valueOf(use),
                KeyPurpose.valueOf(purpose),
                Octets.fromHex(rand),
                KeyStatus.valueOf(status),
                Columns.instant(activation),
                Columns.instant(expiry),
                Optional.ofNullable(origin),
                createdAt.toInstant(),
                Columns.instant(supersededAt),
                Columns.instant(revokedAt));
        return new MacProtected<>(
                new StoredGroupKey(key, SealedData.of(Octets.fromHex(sealed))), Octets.fromHex(rowMac));
    }
}
