package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.mckms.kms.domain.ExternalCertificate;

/**
 * A held partner certificate as operators see it.
 *
 * @param certUri   its name
 * @param content   empty if the row in the database cannot be read
 * @param holds     whether it is neither revoked nor outside its validity now
 * @param integrity whether the row is what this server wrote
 */
public record PartnerCertificateView(
        String certUri, Optional<ExternalCertificate> content, boolean holds, IdentityView.Integrity integrity) {

    public PartnerCertificateView {
        requireNonNull(certUri, "certUri");
        requireNonNull(content, "content");
        requireNonNull(integrity, "integrity");
    }
}
