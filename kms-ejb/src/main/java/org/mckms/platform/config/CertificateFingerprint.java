package org.mckms.platform.config;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Sha256;

/**
 * What the settings know a certificate by: the SHA-256 of its DER form. Names in a certificate count for nothing.
 *
 * @param hex 64 lower-case hex digits
 */
public record CertificateFingerprint(String hex) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public CertificateFingerprint {
        if (!FORM.matcher(hex).matches()) {
            throw new InvalidValueException("a fingerprint has 64 lower-case hex digits");
        }
    }

    /**
     * The fingerprint of a certificate. Says nothing about its validity.
     *
     * @throws InvalidValueException if the certificate has no DER form
     */
    public static CertificateFingerprint of(X509Certificate certificate) {
        try {
            return new CertificateFingerprint(HexFormat.of().formatHex(Sha256.of(certificate.getEncoded())));
        } catch (CertificateEncodingException e) {
            throw new InvalidValueException("the certificate has no DER form", e);
        }
    }
}
