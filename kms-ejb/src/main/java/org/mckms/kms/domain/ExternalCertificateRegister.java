package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalLong;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsCertificate;

/** The partner certificates, each row checked against its MAC before a client trusts it. */
public final class ExternalCertificateRegister {

    private final ExternalCertificateRepository rows;
    private final RowGuard guard;

    public ExternalCertificateRegister(ExternalCertificateRepository rows, RowGuard guard) {
        this.rows = requireNonNull(rows, "rows");
        this.guard = requireNonNull(guard, "guard");
    }

    /**
     * What a client lacks that holds a cache of this number.
     *
     * @throws org.mckms.protocol.error.KmsException {@code INTERNAL} if a row was changed past this server
     */
    public KmsCertCache newerThan(OptionalLong cacheNum) {
        List<KmsCertificate> found = rows.newerThan(cacheNum.orElse(0)).stream()
                .map(row -> guard.trusted(RowTable.EXTERNAL_CERTIFICATE, row, this::fields)
                        .certificate())
                .toList();
        return new KmsCertCache(OptionalLong.of(rows.newestCacheNum()), found);
    }

    /** The MAC that a row of this content has to carry. */
    public Octets macOf(ExternalCertificate external) {
        return guard.mac(fields(external));
    }

    private RowFields fields(ExternalCertificate external) {
        KmsCertificate certificate = external.certificate();
        return guard.fields(RowTable.EXTERNAL_CERTIFICATE)
                .text(certificate.certUri())
                .number(external.cacheNum())
                .text(certificate.kmsUri())
                .text(certificate.issuer())
                .time(certificate.validFrom())
                .time(certificate.validTo())
                .flag(certificate.revoked())
                .flag(certificate.securityGateway())
                .number(certificate.schedule().lengthSeconds())
                .number(certificate.schedule().offsetSeconds())
                .texts(certificate.domains())
                .octets(certificate.pubEncKey().octets())
                .octets(certificate.pubAuthKey().octets());
    }
}
