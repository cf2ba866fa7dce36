package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.Role;

/**
 * The certificate of a partner KMS and the number of the cache in which it appeared or last changed.
 *
 * @param certificate external, with a CertUri
 * @param cacheNum    from 1
 */
public record ExternalCertificate(KmsCertificate certificate, long cacheNum, CertificateProvenance provenance) {

    public ExternalCertificate {
        requireNonNull(certificate, "certificate");
        requireNonNull(provenance, "provenance");
        if (certificate.role() != Role.EXTERNAL || certificate.certUri().isEmpty() || cacheNum < 1) {
            throw new InvalidValueException("not an external certificate with CertUri and cache number");
        }
    }

    /** Its name, by which it is replaced. */
    public String certUri() {
        return certificate.certUri().orElseThrow();
    }

    /** Whether keys may be made out for users of that KMS now. */
    public boolean holdsAt(Instant now) {
        return !certificate.revoked()
                && certificate.validFrom().filter(now::isBefore).isEmpty()
                && certificate.validTo().filter(end -> !now.isBefore(end)).isEmpty();
    }

    /** The state that ends now. */
    FormerCertificate ended(CertificateEnding ending) {
        return new FormerCertificate(
                certUri(),
                cacheNum,
                certificate.kmsUri(),
                certificate.pubEncKey().octets(),
                certificate.pubAuthKey().octets(),
                provenance.documentSha256(),
                provenance.importedBy(),
                provenance.importedAt(),
                ending);
    }
}
