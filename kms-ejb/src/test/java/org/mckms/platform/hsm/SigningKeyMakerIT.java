package org.mckms.platform.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Signing keys that a ceremony made by half, on the real SoftHSM. */
class SigningKeyMakerIT {

    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);

    private final SoftHsm hsm = SoftHsm.asMade();

    /** As if the ceremony had ended before the provider touched the key again. */
    @Test
    void aSigningKeyThatWasLeftWithoutIdentifierIsNotInTheWay() throws Exception {
        makeHalfASigningKey(configuration -> configuration);
    }

    /** As if it had ended between the key's identifier and the certificate. */
    @Test
    void aSigningKeyThatWasLeftWithoutCertificateIsReplaced() throws Exception {
        makeHalfASigningKey(
                configuration -> configuration.replace("CKA_SIGN = true", "CKA_SIGN = true\nCKA_ID = 0h6b6d732e73"));
    }

    private void makeHalfASigningKey(UnaryOperator<String> alteration) throws Exception {
        HsmSettings settings = hsm.settings(SoftHsm.LABEL, LeasePolicy.DEFAULT);
        Token token = new Pkcs11TokenOpener(settings, "").open(RecoveryStep.PROVIDER, hsm.pin());
        String half = alteration.apply(new Pkcs11Configuration(settings.library(), 0).forSigningKey("kms.s"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance(
                "EC", Security.getProvider("SunPKCS11").configure(half));
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        generator.generateKeyPair();
        token.reload();
        assertThat(token.keyLabels()).as("half a key is not listed").isEmpty();
        token.makeSigningKey("kms.s", "Test key");
        assertSigns(token, "kms.s");
        token.close();
        Token again = hsm.openForTest();
        assertThat(again.keyLabels()).containsExactly("kms.s");
        assertSigns(again, "kms.s");
        again.destroyKey("kms.s");
        assertThat(again.keyLabels()).isEmpty();
        again.close();
    }

    private static void assertSigns(Token token, String label) throws Exception {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initVerify(CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(token.certificate(label))));
        signature.update(MESSAGE);
        assertThat(signature.verify(token.sign(label, MESSAGE))).isTrue();
    }
}
