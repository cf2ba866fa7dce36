package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.Role;

/**
 * The certificate of a partner KMS and the number of the cache in which it appeared or last changed.
 *
 * @param certificate external, with a CertUri
 * @param cacheNum    from 1
 */
public record ExternalCertificate(KmsCertificate certificate, long cacheNum) {

    public ExternalCertificate {
        requireNonNull(certificate, "certificate");
        if (certificate.role() != Role.EXTERNAL || certificate.certUri().isEmpty() || cacheNum < 1) {
            throw new InvalidValueException("not an external certificate with CertUri and cache number");
        }
    }
}
