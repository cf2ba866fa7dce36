package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.ClientKeysRecord;
import org.mckms.kms.domain.ClientKeysState;
import org.mckms.kms.domain.SealedClientKeys;
import org.mckms.kms.domain.StoredClientKeys;
import org.mckms.mikeysakke.Octets;

/** Public columns and sealed keys of one device. */
@Entity
@Table(name = "kms_client_keys")
@IdClass(ClientKeysRow.Key.class)
class ClientKeysRow {

    @Id
    @Column(name = "owner_uri")
    String ownerUri;

    @Id
    @Column(name = "device")
    String device;

    @Column(name = "state")
    String state;

    @Column(name = "revision")
    long revision;

    @Column(name = "key_number")
    int number;

    @Column(name = "usable_until")
    OffsetDateTime usableUntil;

    @Column(name = "registered_at")
    OffsetDateTime registeredAt;

    @Column(name = "last_used")
    OffsetDateTime lastUsed;

    @Column(name = "rotated_at")
    OffsetDateTime rotatedAt;

    @Column(name = "rotation_ordered")
    boolean rotationOrdered;

    @Column(name = "active_names")
    String activeNames;

    @Column(name = "pending_names")
    String pendingNames;

    @Column(name = "key_label")
    String keyLabel;

    @Column(name = "sealed_iv")
    String sealedIv;

    @Column(name = "sealed_keys")
    String sealedKeys;

    static ClientKeysRow of(StoredClientKeys.Content content) {
        ClientKeysRow row = new ClientKeysRow();
        row.ownerUri = content.record().id().ownerUri();
        row.device = content.record().id().device();
        row.take(content);
        return row;
    }

    void take(StoredClientKeys.Content content) {
        ClientKeysRecord record = content.record();
        state = record.state().name();
        revision = record.revision();
        number = record.number();
        usableUntil = Columns.timeOrNull(record.usableUntil());
        registeredAt = Columns.time(record.registeredAt());
        lastUsed = Columns.timeOrNull(record.lastUsed());
        rotatedAt = Columns.time(record.rotatedAt());
        rotationOrdered = record.rotationOrdered();
        activeNames = Columns.list(record.activeNames());
        pendingNames = Columns.list(record.pendingNames());
        keyLabel = record.keyLabel();
        sealedIv = content.keys().iv().toHex();
        sealedKeys = content.keys().ciphertext().toHex();
    }

    StoredClientKeys stored() {
        return new StoredClientKeys(ownerUri + " on " + device, Columns.readable(ownerUri, this::value));
    }

    private StoredClientKeys.Content value() {
        ClientKeysRecord record = new ClientKeysRecord(
                new ClientKeysId(ownerUri, device),
                ClientKeysState.valueOf(state),
                revision,
                number,
                Columns.instant(usableUntil),
                registeredAt.toInstant(),
                Columns.instant(lastUsed),
                rotatedAt.toInstant(),
                rotationOrdered,
                Columns.list(activeNames),
                Columns.list(pendingNames),
                keyLabel);
        return new StoredClientKeys.Content(
                record, new SealedClientKeys(Octets.fromHex(sealedIv), Octets.fromHex(sealedKeys)));
    }

    /** Identity and device. */
    static class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        String ownerUri;
        String device;

        Key() {}

        Key(ClientKeysId id) {
            ownerUri = id.ownerUri();
            device = id.device();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && ownerUri.equals(key.ownerUri) && device.equals(key.device);
        }

        @Override
        public int hashCode() {
            return Objects.hash(ownerUri, device);
        }
    }
}
