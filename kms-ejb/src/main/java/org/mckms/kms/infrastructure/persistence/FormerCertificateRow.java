package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.mckms.kms.domain.CertificateEnding;
import org.mckms.kms.domain.FormerCertificate;
import org.mckms.mikeysakke.Octets;

@Entity
@Table(name = "kms_external_certificate_history")
class FormerCertificateRow {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "id")
    long id;

    @Column(name = "cert_uri")
    String certUri;

    @Column(name = "cache_num")
    long cacheNum;

    @Column(name = "kms_uri")
    String kmsUri;

    @Column(name = "z_t")
    String zT;

    @Column(name = "kpak")
    String kpak;

    @Column(name = "document_sha256")
    String documentSha256;

    @Column(name = "imported_by")
    String importedBy;

    @Column(name = "imported_at")
    OffsetDateTime importedAt;

    @Column(name = "ending")
    String ending;

    @Column(name = "ended_by")
    String endedBy;

    @Column(name = "ended_at")
    OffsetDateTime endedAt;

    @Column(name = "reason")
    String reason;

    static FormerCertificateRow of(FormerCertificate former) {
        FormerCertificateRow row = new FormerCertificateRow();
        row.certUri = former.certUri();
        row.cacheNum = former.cacheNum();
        row.kmsUri = former.kmsUri();
        row.zT = former.pubEncKey().toHex();
        row.kpak = former.pubAuthKey().toHex();
        row.documentSha256 = former.documentSha256();
        row.importedBy = former.importedBy();
        row.importedAt = Columns.time(former.importedAt());
        row.ending = former.ending().kind().name();
        row.endedBy = former.ending().by();
        row.endedAt = Columns.time(former.ending().at());
        row.reason = former.ending().reason().orElse(null);
        return row;
    }

    FormerCertificate value() {
        return new FormerCertificate(
                certUri,
                cacheNum,
                kmsUri,
                Octets.fromHex(zT),
                Octets.fromHex(kpak),
                documentSha256,
                importedBy,
                importedAt.toInstant(),
                new CertificateEnding(
                        CertificateEnding.Kind.valueOf(ending),
                        endedBy,
                        endedAt.toInstant(),
                        Optional.ofNullable(reason)));
    }
}
