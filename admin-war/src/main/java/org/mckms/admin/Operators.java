package org.mckms.admin;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.platform.config.CertificateFingerprint;
import org.mckms.platform.config.OperatorEntry;

/** Knows the operators by the SHA-256 of their certificates. Names in a certificate count for nothing. */
final class Operators {

    private final List<OperatorEntry> entries;
    private final Clock clock;

    Operators(List<OperatorEntry> entries, Clock clock) {
        this.entries = List.copyOf(entries);
        this.clock = clock;
    }

    /** The operator who has this certificate; empty if nobody has, or it is not valid now. */
    Optional<OperatorIdentity> find(X509Certificate certificate) {
        try {
            certificate.checkValidity(Date.from(clock.instant()));
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            return Optional.empty();
        }
        String sha256 = CertificateFingerprint.of(certificate).hex();
        return entries.stream()
                .filter(entry -> entry.certificateSha256().equals(sha256))
                .findFirst()
                .map(OperatorEntry::identity);
    }
}
