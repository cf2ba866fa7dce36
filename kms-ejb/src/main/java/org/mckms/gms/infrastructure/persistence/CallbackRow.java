package org.mckms.gms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.mckms.gms.domain.Callback;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

@Entity
@Table(name = "gms_callback")
class CallbackRow {

    @Id
    @Column(name = "member_uri")
    String memberUri;

    @Column(name = "address")
    String address;

    @Column(name = "registered_at")
    OffsetDateTime registeredAt;

    @Column(name = "row_mac")
    String rowMac;

    static CallbackRow of(MacProtected<Callback> stored) {
        CallbackRow row = new CallbackRow();
        row.memberUri = stored.row().memberUri();
        row.address = stored.row().address();
        row.registeredAt = stored.row().registeredAt().atOffset(ZoneOffset.UTC);
        row.rowMac = stored.mac().toHex();
        return row;
    }

    StoredRow<Callback> stored() {
        return new StoredRow<>(memberUri, value());
    }

    private Optional<MacProtected<Callback>> value() {
        try {
            return Optional.of(new MacProtected<>(
                    new Callback(memberUri, address, registeredAt.toInstant()), Octets.fromHex(rowMac)));
        } catch (MikeySakkeException e) {
            return Optional.empty();
        }
    }
}
