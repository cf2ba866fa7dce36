package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.mckms.mikeysakke.Octets;

/**
 * A former state of a partner certificate, for reading only.
 *
 * @param cacheNum       number of the cache it was in
 * @param pubEncKey      Z_T
 * @param pubAuthKey     KPAK
 * @param documentSha256 SHA-256 of the imported octets, 64 lower-case hex digits
 */
public record FormerCertificate(
        String certUri,
        long cacheNum,
        String kmsUri,
        Octets pubEncKey,
        Octets pubAuthKey,
        String documentSha256,
        String importedBy,
        Instant importedAt,
        CertificateEnding ending) {

    public FormerCertificate {
        requireNonNull(certUri, "certUri");
        requireNonNull(kmsUri, "kmsUri");
        requireNonNull(pubEncKey, "pubEncKey");
        requireNonNull(pubAuthKey, "pubAuthKey");
        requireNonNull(documentSha256, "documentSha256");
        requireNonNull(importedBy, "importedBy");
        requireNonNull(importedAt, "importedAt");
        requireNonNull(ending, "ending");
    }
}
