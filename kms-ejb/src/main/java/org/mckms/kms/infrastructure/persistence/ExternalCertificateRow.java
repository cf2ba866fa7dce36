package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.mckms.kms.domain.CertificateProvenance;
import org.mckms.kms.domain.ExternalCertificate;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.Role;

@Entity
@Table(name = "kms_external_certificate")
class ExternalCertificateRow {

    @Id
    @Column(name = "cert_uri")
    String certUri;

    @Column(name = "cache_num")
    long cacheNum;

    @Column(name = "kms_uri")
    String kmsUri;

    @Column(name = "issuer")
    String issuer;

    @Column(name = "valid_from")
    OffsetDateTime validFrom;

    @Column(name = "valid_to")
    OffsetDateTime validTo;

    @Column(name = "revoked")
    boolean revoked;

    @Column(name = "gateway")
    boolean gateway;

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

    @Column(name = "imported_by")
    String importedBy;

    @Column(name = "imported_at")
    OffsetDateTime importedAt;

    @Column(name = "document_sha256")
    String documentSha256;

    @Column(name = "signer_sha256")
    String signerSha256;

    @Column(name = "row_mac")
    String rowMac;

    static ExternalCertificateRow of(MacProtected<ExternalCertificate> external) {
        KmsCertificate certificate = external.row().certificate();
        CertificateProvenance provenance = external.row().provenance();
        ExternalCertificateRow row = new ExternalCertificateRow();
        row.certUri = external.row().certUri();
        row.cacheNum = external.row().cacheNum();
        row.kmsUri = certificate.kmsUri();
        row.issuer = certificate.issuer().orElse(null);
        row.validFrom = Columns.timeOrNull(certificate.validFrom());
        row.validTo = Columns.timeOrNull(certificate.validTo());
        row.revoked = certificate.revoked();
        row.gateway = certificate.securityGateway();
        row.periodSeconds = certificate.schedule().lengthSeconds();
        row.offsetSeconds = certificate.schedule().offsetSeconds();
        row.domains = Columns.list(certificate.domains());
        row.zT = certificate.pubEncKey().octets().toHex();
        row.kpak = certificate.pubAuthKey().octets().toHex();
        row.importedBy = provenance.importedBy();
        row.importedAt = Columns.time(provenance.importedAt());
        row.documentSha256 = provenance.documentSha256();
        row.signerSha256 = provenance.signerSha256().orElse(null);
        row.rowMac = external.mac().toHex();
        return row;
    }

    StoredRow<ExternalCertificate> stored() {
        return Columns.stored(certUri, this::value);
    }

    private MacProtected<ExternalCertificate> value() {
        KmsCertificate certificate = new KmsCertificate(
                Role.EXTERNAL,
                Optional.of(certUri),
                kmsUri,
                Optional.ofNullable(issuer),
                Columns.instant(validFrom),
                Columns.instant(validTo),
                revoked,
                new KeyPeriodSchedule(periodSeconds, offsetSeconds),
                new KmsPublicKey(Octets.fromHex(zT)),
                new KmsPublicAuthenticationKey(Octets.fromHex(kpak)),
                Columns.list(domains),
                gateway);
        CertificateProvenance provenance = new CertificateProvenance(
                importedBy, importedAt.toInstant(), documentSha256, Optional.ofNullable(signerSha256));
        return new MacProtected<>(new ExternalCertificate(certificate, cacheNum, provenance), Octets.fromHex(rowMac));
    }
}
