package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.RegistrationRequest;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

@Entity
@Table(name = "kms_registration_request")
class RegistrationRequestRow {

    @EmbeddedId
    Key key;

    @Column(name = "officer")
    String officer;

    @Column(name = "officer_certificate")
    String officerCertificate;

    @Column(name = "reason")
    String reason;

    @Column(name = "requested_at")
    OffsetDateTime requestedAt;

    @Column(name = "row_mac")
    String rowMac;

    @Embeddable
    static class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        @Column(name = "owner_uri")
        String ownerUri;

        @Column(name = "device")
        String device;

        Key() {
            // for the persistence provider
        }

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

    static RegistrationRequestRow of(MacProtected<RegistrationRequest> stored) {
        RegistrationRequest request = stored.row();
        RegistrationRequestRow row = new RegistrationRequestRow();
        row.key = new Key(request.id());
        row.officer = request.officer();
        row.officerCertificate = request.officerCertificate();
        row.reason = request.reason();
        row.requestedAt = Columns.time(request.requestedAt());
        row.rowMac = stored.mac().toHex();
        return row;
    }

    StoredRow<RegistrationRequest> stored() {
        return Columns.stored(key.ownerUri + " on " + key.device, this::value);
    }

    private MacProtected<RegistrationRequest> value() {
        ClientKeysId id = new ClientKeysId(key.ownerUri, key.device);
        return new MacProtected<>(
                new RegistrationRequest(id, officer, officerCertificate, reason, requestedAt.toInstant()),
                Octets.fromHex(rowMac));
    }
}
