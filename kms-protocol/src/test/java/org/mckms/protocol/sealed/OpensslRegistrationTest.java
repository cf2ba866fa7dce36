package org.mckms.protocol.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.protocol.sealed.SealedFixtures.NOW;
import static org.mckms.protocol.sealed.SealedFixtures.RANDOM;
import static org.mckms.protocol.sealed.SealedFixtures.passphrase;
import static org.mckms.protocol.sealed.SealedFixtures.registration;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.cms.CertificateFingerprint;
import org.mckms.protocol.cms.PemArmour;
import org.mckms.protocol.cms.SignedContent;
import org.mckms.protocol.cms.TestIdentity;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.tool.ExternalTool;

/**
 * OpenSSL as the other side: it opens what we seal, we open what it seals well, and refuse what it seals weakly. The one thing
 * that OpenSSL 3 cannot do is make AuthEnvelopedData for a passphrase; it opens it.
 */
class OpensslRegistrationTest {
    private static final ASN1ObjectIdentifier CONTENT_INFO = new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.1.6");
    private static final TestIdentity KMS = TestIdentity.p256("kms.sign.bundle");
    private static final TestIdentity EC = TestIdentity.p256("phone");
    private static final TestIdentity EC384 = TestIdentity.ec("phone", "secp384r1");
    private static final TestIdentity RSA = TestIdentity.rsa("phone", 3072);

    @TempDir
    Path folder;

    private ExternalTool openssl;

    @BeforeEach
    void givesItFiles() {
        openssl = new ExternalTool("openssl", folder);
        openssl.write("kms.pem", KMS.certificate());
    }

    @Test
    void opensWhatAPassphraseSeals() {
        verifies(seal(Recipient.passphrase(passphrase())));

        openssl.succeeds(decrypt("-pwri_password", new String(passphrase())));

        assertThat(openssl.read("content")).isEqualTo(content());
        assertThat(openssl.run(decrypt("-pwri_password", "another horse battery staple"))
                        .exitCode())
                .isNotZero();
    }

    static Stream<TestIdentity> devices() {
        return Stream.of(EC, EC384, RSA);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void opensWhatACertificateSeals(TestIdentity device) {
        verifies(seal(Recipient.certificate(device.certificate())));
        openssl.write("device.pem", device.certificate());
        openssl.write("device.key", device.key());

        openssl.succeeds(decrypt("-recip", "device.pem", "-inkey", "device.key"));

        assertThat(openssl.read("content")).isEqualTo(content());
    }

    @Test
    void findsTheSignatureOfAlteredOctetsWrong() {
        byte[] file = seal(Recipient.certificate(EC.certificate()));
        String text = new String(file, StandardCharsets.US_ASCII);
        int middle = text.length() / 3;
        char other = text.charAt(middle) == 'A' ? 'B' : 'A';
        openssl.write(
                "file",
                cms((text.substring(0, middle) + other + text.substring(middle + 1))
                        .getBytes(StandardCharsets.US_ASCII)));

        assertThat(openssl.run(verify()).exitCode()).isNotZero();
    }

    static Stream<Arguments> strong() {
        return Stream.of(
                Arguments.of(RSA, new String[] {
                    "-aes-256-gcm",
                    "-recip",
                    "device.pem",
                    "-keyopt",
                    "rsa_padding_mode:oaep",
                    "-keyopt",
                    "rsa_oaep_md:sha256",
                    "-keyopt",
                    "rsa_mgf1_md:sha256"
                }),
                Arguments.of(EC, new String[] {
                    "-aes-256-gcm", "-recip", "device.pem", "-keyopt", "ecdh_kdf_md:sha256", "-aes256-wrap"
                }),
                Arguments.of(EC384, new String[] {
                    "-aes-256-gcm", "-keyid", "-recip", "device.pem", "-keyopt", "ecdh_kdf_md:sha256", "-aes256-wrap"
                }));
    }

    @ParameterizedTest
    @MethodSource("strong")
    void sealsWhatWeOpen(TestIdentity device, String[] options) {
        byte[] file = sealedByOpenssl(device, options);

        try (RegistrationFile opened = open(file, Opener.privateKey(device.key(), device.certificate()))) {
            assertThat(opened.userUri()).isEqualTo(Fixtures.ALICE);
        }
    }

    static Stream<Arguments> weak() {
        return Stream.of(
                Arguments.of("RSA with PKCS#1 version 1.5", RSA, new String[] {"-aes-256-gcm", "-recip", "device.pem"}),
                Arguments.of("OAEP with SHA-1", RSA, new String[] {
                    "-aes-256-gcm", "-recip", "device.pem", "-keyopt", "rsa_padding_mode:oaep"
                }),
                Arguments.of(
                        "ECDH with SHA-1", EC, new String[] {"-aes-256-gcm", "-recip", "device.pem", "-aes256-wrap"}),
                Arguments.of("AES-128 to wrap", EC, new String[] {
                    "-aes-256-gcm", "-recip", "device.pem", "-keyopt", "ecdh_kdf_md:sha256", "-aes128-wrap"
                }),
                Arguments.of("AES-128-GCM", EC, new String[] {
                    "-aes-128-gcm", "-recip", "device.pem", "-keyopt", "ecdh_kdf_md:sha256", "-aes256-wrap"
                }),
                Arguments.of("no authentication", EC, new String[] {
                    "-aes256", "-recip", "device.pem", "-keyopt", "ecdh_kdf_md:sha256", "-aes256-wrap"
                }),
                Arguments.of("a passphrase and no authentication", EC, new String[] {
                    "-aes256", "-pwri_password", new String(passphrase())
                }),
                Arguments.of("two recipients", EC, new String[] {
                    "-aes-256-gcm",
                    "-recip",
                    "device.pem",
                    "-keyopt",
                    "ecdh_kdf_md:sha256",
                    "-aes256-wrap",
                    "-recip",
                    "kms.pem",
                    "-keyopt",
                    "ecdh_kdf_md:sha256"
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("weak")
    void sealsWeaklyWhatWeRefuse(String why, TestIdentity device, String[] options) {
        byte[] file = sealedByOpenssl(device, options);
        boolean passphrase = options[1].equals("-pwri_password");

        assertThatThrownBy(() -> open(
                        file,
                        passphrase
                                ? Opener.passphrase(passphrase())
                                : Opener.privateKey(device.key(), device.certificate())))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST));
    }

    private byte[] sealedByOpenssl(TestIdentity device, String... options) {
        openssl.write("device.pem", device.certificate());
        openssl.write("content", content());
        openssl.succeeds(Stream.concat(
                        Stream.of("cms", "-encrypt", "-binary", "-in", "content", "-outform", "DER", "-out", "sealed"),
                        Stream.of(options))
                .toArray(String[]::new));
        return new PemArmour("MCKMS REGISTRATION").wrap(SignedContent.sign(CONTENT_INFO, openssl.read("sealed"), KMS));
    }

    private void verifies(byte[] file) {
        openssl.write("file", cms(file));
        openssl.succeeds(verify());
    }

    private static String[] verify() {
        return new String[] {
            "cms",
            "-verify",
            "-inform",
            "PEM",
            "-in",
            "file",
            "-CAfile",
            "kms.pem",
            "-purpose",
            "any",
            "-binary",
            "-out",
            "sealed"
        };
    }

    private static String[] decrypt(String... with) {
        return Stream.concat(
                        Stream.of("cms", "-decrypt", "-inform", "DER", "-in", "sealed", "-binary", "-out", "content"),
                        Stream.of(with))
                .toArray(String[]::new);
    }

    private static byte[] cms(byte[] file) {
        return new String(file, StandardCharsets.US_ASCII)
                .replace("MCKMS REGISTRATION", "CMS")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] content() {
        try (RegistrationFile made = registration()) {
            return RegistrationContent.encode(made, CertificateFingerprint.of(KMS.certificate()));
        }
    }

    private static RegistrationFile open(byte[] file, Opener opener) {
        try (opener) {
            return RegistrationFiles.open(file, opener, Optional.of(KMS.certificate()), NOW);
        }
    }

    private static byte[] seal(Recipient recipient) {
        try (RegistrationFile made = registration();
                recipient) {
            return RegistrationFiles.seal(made, recipient, KMS, RANDOM);
        }
    }
}
