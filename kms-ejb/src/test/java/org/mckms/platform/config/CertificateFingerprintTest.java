package org.mckms.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.InvalidValueException;

class CertificateFingerprintTest {

    /** Expected value: {@code openssl x509 -in certificate.pem -outform DER | sha256sum}. */
    @Test
    void isTheSha256OfTheDerForm() throws CertificateException, IOException {
        try (InputStream pem = getClass().getResourceAsStream("/certificates/certificate.pem")) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);

            assertThat(CertificateFingerprint.of(certificate).hex())
                    .isEqualTo("a1ba3db00cc54f43ea9e0a40e4437538862e1c5432fb9d061cd699a2fa3e074f");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB"})
    void hasOneForm(String hex) {
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new CertificateFingerprint(hex));
    }
}
