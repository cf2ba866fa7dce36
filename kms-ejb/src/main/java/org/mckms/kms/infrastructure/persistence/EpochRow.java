package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.EpochOrigin;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.EpochState;
import org.mckms.kms.domain.SealedMasters;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

@Entity
@Table(name = "kms_epoch")
class EpochRow {

    @Id
    @Column(name = "id")
    String id;

    @Column(name = "purpose")
    String purpose;

    @Column(name = "origin")
    String origin;

    @Column(name = "state")
    String state;

    @Column(name = "kms_uri")
    String kmsUri;

    @Column(name = "cert_uri")
    String certUri;

    @Column(name = "issuer")
    String issuer;

    @Column(name = "valid_from")
    OffsetDateTime validFrom;

    @Column(name = "valid_to")
    OffsetDateTime validTo;

    @Column(name = "period_seconds")
    long periodSeconds;

    @Column(name = "offset_seconds")
    long offsetSeconds;

    @Column(name = "domains")
    String domains;

    @Column(name = "z_t")
    String zT;

    @Column(name = "kpak")
    String kpak;

    @Column(name = "sealed_iv")
    String sealedIv;

    @Column(name = "sealed_masters")
    String sealedMasters;

    @Column(name = "row_mac")
    String rowMac;

    static EpochRow of(MacProtected<Epoch> stored) {
        Epoch epoch = stored.row();
        EpochRow row = new EpochRow();
        row.id = epoch.id().toString();
        row.purpose = epoch.purpose().name();
        row.origin = epoch.origin().name();
        row.state = epoch.state().name();
        row.kmsUri = epoch.kmsUri();
        row.certUri = epoch.certUri();
        row.issuer = epoch.issuer();
        row.validFrom = Columns.time(epoch.validFrom());
        row.validTo = Columns.time(epoch.validTo());
        row.periodSeconds = epoch.schedule().lengthSeconds();
        row.offsetSeconds = epoch.schedule().offsetSeconds();
        row.domains = Columns.list(epoch.domains());
        row.zT = epoch.zT().octets().toHex();
        row.kpak = epoch.kpak().octets().toHex();
        row.sealedIv = epoch.sealedMasters().map(s -> s.iv().toHex()).orElse(null);
        row.sealedMasters =
                epoch.sealedMasters().map(s -> s.ciphertext().toHex()).orElse(null);
        row.rowMac = stored.mac().toHex();
        return row;
    }

    StoredRow<Epoch> stored(CheckedPoints points) {
        return Columns.stored(id, () -> value(points));
    }

    private MacProtected<Epoch> value(CheckedPoints points) {
        if ((sealedIv == null) != (sealedMasters == null)) {
            throw new InvalidValueException("sealed masters without IV, or the other way round");
        }
        Optional<SealedMasters> sealed = sealedIv == null
                ? Optional.empty()
                : Optional.of(new SealedMasters(Octets.fromHex(sealedIv), Octets.fromHex(sealedMasters)));
        Epoch epoch = new Epoch(
                EpochId.parse(id),
                EpochPurpose.valueOf(purpose),
                EpochOrigin.valueOf(origin),
                EpochState.valueOf(state),
                kmsUri,
                certUri,
                issuer,
                validFrom.toInstant(),
                validTo.toInstant(),
                new KeyPeriodSchedule(periodSeconds, offsetSeconds),
                Columns.list(domains),
                points.publicKey(zT),
                new KmsPublicAuthenticationKey(Octets.fromHex(kpak)),
                sealed);
        return new MacProtected<>(epoch, Octets.fromHex(rowMac));
    }
}
