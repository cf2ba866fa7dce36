package org.mckms.client.cli;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The SHA-256 over the DER form that a certificate must have, if one was given. */
final class CertificatePin {
    private static final String FORM = "[0-9a-f]{64}";

    private final Optional<String> expected;

    private CertificatePin(Optional<String> expected) {
        this.expected = expected;
    }

    /** @param hex 64 hex digits of any case, colons between them allowed; or null */
    static CertificatePin of(String hex) {
        if (hex == null) {
            return new CertificatePin(Optional.empty());
        }
        String digits = hex.strip().replace(":", "").toLowerCase(Locale.ROOT);
        if (!digits.matches(FORM)) {
            throw new WrongUseException("a SHA-256 has 64 hex digits: " + hex);
        }
        return new CertificatePin(Optional.of(digits));
    }

    boolean isGiven() {
        return expected.isPresent();
    }

    /** Whether the certificate is the one expected, or nothing is expected. */
    boolean fits(X509Certificate certificate) {
        return expected.map(sha256(certificate)::equals).orElse(true);
    }

    /** SHA-256 over the DER form, 64 hex digits in lower case. */
    static String sha256(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (GeneralSecurityException e) {
            throw new CommandFailedException("the audit certificate cannot be encoded: " + e.getMessage());
        }
    }
}
