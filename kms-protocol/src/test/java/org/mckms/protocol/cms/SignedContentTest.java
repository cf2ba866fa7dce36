package org.mckms.protocol.cms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.protocol.error.KmsErrorCode.BODY_TOO_LARGE;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.tool.ExternalTool;

class SignedContentTest {
    private static final ASN1ObjectIdentifier DATA = CMSObjectIdentifiers.data;
    private static final TestIdentity KMS = TestIdentity.p256("kms.sign.bundle");
    private static final TestIdentity OTHER = TestIdentity.p256("kms.sign.bundle");
    private static final TestIdentity P384 = TestIdentity.ec("kms.sign.bundle", "secp384r1");
    private static final TestIdentity RSA = TestIdentity.rsa("kms.sign.bundle", 3072);
    private static final byte[] CONTENT = "what is said".getBytes(StandardCharsets.UTF_8);
    private static final int LIMIT = 10_000;

    @TempDir
    Path folder;

    private ExternalTool openssl;

    @BeforeEach
    void hasOpenssl() {
        openssl = new ExternalTool("openssl", folder);
    }

    @Test
    void isVerifiedByOpenssl() {
        openssl.write("signed", SignedContent.sign(DATA, CONTENT, KMS));
        openssl.write("kms.pem", KMS.certificate());
        openssl.write("other.pem", OTHER.certificate());

        openssl.succeeds(verify("kms.pem"));

        assertThat(openssl.read("content")).isEqualTo(CONTENT);
        assertThat(openssl.run(verify("other.pem")).exitCode()).isNotZero();
    }

    @Test
    void isOfItsSigner() {
        byte[] signed = SignedContent.sign(DATA, CONTENT, KMS);

        assertThat(open(signed, Optional.of(KMS.certificate())).content().toByteArray())
                .isEqualTo(CONTENT);
        assertThat(open(signed, Optional.empty()).signer()).isEqualTo(KMS.certificate());
        refused(SIGNATURE_REQUIRED, () -> open(signed, Optional.of(OTHER.certificate())));
    }

    @Test
    void isOfItsKind() {
        byte[] signed = SignedContent.sign(PKCSObjectIdentifiers.id_ct_authData, CONTENT, KMS);

        refused(MALFORMED_REQUEST, () -> open(signed, Optional.empty()));
    }

    @Test
    void hasALimit() {
        byte[] signed = SignedContent.sign(DATA, new byte[LIMIT], KMS);

        refused(BODY_TOO_LARGE, () -> open(signed, Optional.empty()));
    }

    @Test
    void holdsUnderNoChangeOfAnOctet() {
        byte[] signed = SignedContent.sign(DATA, CONTENT, KMS);
        for (int i = 0; i < signed.length; i++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] altered = signed.clone();
                altered[i] ^= (byte) (1 << bit);
                refused(null, () -> open(altered, Optional.of(KMS.certificate())));
            }
        }
    }

    @Test
    void isNotSignedWithAKeyOfSomebodyElse() {
        BundleSigner impostor = new BundleSigner() {
            @Override
            public X509Certificate certificate() {
                return KMS.certificate();
            }

            @Override
            public byte[] sign(byte[] message) {
                return OTHER.sign(message);
            }
        };

        refused(SIGNATURE_REQUIRED, () -> open(SignedContent.sign(DATA, CONTENT, impostor), Optional.empty()));
    }

    @Test
    void isReadWhenSignedByOpenssl() {
        byte[] signed = signedByOpenssl(KMS, "-md", "sha256");

        assertThat(open(signed, Optional.of(KMS.certificate())).content().toByteArray())
                .isEqualTo(CONTENT);
    }

    static Stream<Arguments> otherwise() {
        return Stream.of(
                Arguments.of("SHA-1", KMS, new String[] {"-md", "sha1"}),
                Arguments.of("SHA-512", KMS, new String[] {"-md", "sha512"}),
                Arguments.of("another curve", P384, new String[] {"-md", "sha256"}),
                Arguments.of("RSA", RSA, new String[] {"-md", "sha256"}),
                Arguments.of("no signed attributes", KMS, new String[] {"-md", "sha256", "-noattr"}),
                Arguments.of("no certificate", KMS, new String[] {"-md", "sha256", "-nocerts"}),
                Arguments.of("two certificates", KMS, new String[] {"-md", "sha256", "-certfile", "other.pem"}),
                Arguments.of(
                        "two signers", KMS, new String[] {"-md", "sha256", "-signer", "other.pem", "-inkey", "other.key"
                        }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherwise")
    void isNotReadWhenSignedOtherwise(String how, TestIdentity signer, String[] options) {
        byte[] signed = signedByOpenssl(signer, options);

        refused(MALFORMED_REQUEST, () -> open(signed, Optional.empty()));
    }

    @Test
    void isNotReadWithoutContent() {
        byte[] signed = signedByOpenssl(KMS, "-md", "sha256");
        assertThat(new String(signed, StandardCharsets.ISO_8859_1)).contains("what is said");
        openssl.succeeds(sign("-md", "sha256")
                .filter(option -> !option.equals("-nodetach"))
                .toArray(String[]::new));

        refused(MALFORMED_REQUEST, () -> open(openssl.read("signed"), Optional.empty()));
    }

    private byte[] signedByOpenssl(TestIdentity signer, String... options) {
        openssl.write("signer.pem", signer.certificate());
        openssl.write("signer.key", signer.key());
        openssl.write("other.pem", OTHER.certificate());
        openssl.write("other.key", OTHER.key());
        openssl.write("content", CONTENT);
        openssl.succeeds(sign(options).toArray(String[]::new));
        return openssl.read("signed");
    }

    private static Stream<String> sign(String... options) {
        return Stream.concat(
                Stream.of(
                        "cms",
                        "-sign",
                        "-binary",
                        "-nodetach",
                        "-nosmimecap",
                        "-in",
                        "content",
                        "-outform",
                        "DER",
                        "-out",
                        "signed",
                        "-signer",
                        "signer.pem",
                        "-inkey",
                        "signer.key"),
                Stream.of(options));
    }

    private static String[] verify(String authority) {
        return new String[] {
            "cms",
            "-verify",
            "-inform",
            "DER",
            "-in",
            "signed",
            "-CAfile",
            authority,
            "-purpose",
            "any",
            "-binary",
            "-out",
            "content"
        };
    }

    private static SignedContent open(byte[] signed, Optional<X509Certificate> pinned) {
        return SignedContent.open(signed, DATA, LIMIT, pinned);
    }

    private static void refused(KmsErrorCode code, ThrowingCallable attempt) {
        assertThatThrownBy(attempt).isInstanceOfSatisfying(KmsException.class, e -> {
            if (code != null) {
                assertThat(e.code()).isEqualTo(code);
            }
        });
    }
}
