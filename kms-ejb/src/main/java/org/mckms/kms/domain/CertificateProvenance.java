package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a partner certificate came from.
 *
 * @param importedBy     name of the operator
 * @param documentSha256 SHA-256 of the imported octets, 64 lower-case hex digits, as the operator confirmed it
 * @param signerSha256   SHA-256 of the X.509 certificate under which the document was signed, if it was
 */
public record CertificateProvenance(
        String importedBy, Instant importedAt, String documentSha256, Optional<String> signerSha256) {

    public CertificateProvenance {
        requireNonNull(importedBy, "importedBy");
        requireNonNull(importedAt, "importedAt");
        requireNonNull(documentSha256, "documentSha256");
        requireNonNull(signerSha256, "signerSha256");
    }
}
