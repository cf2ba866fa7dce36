package org.mckms.admin;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.domain.OperatorIdentity;
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
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            String sha256 = HexFormat.of().formatHex(digest);
            return entries.stream()
                    .filter(entry -> entry.certificateSha256().equalsIgnoreCase(sha256))
                    .findFirst()
                    .map(OperatorEntry::identity);
        } catch (CertificateExpiredException | CertificateNotYetValidException | CertificateEncodingException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
