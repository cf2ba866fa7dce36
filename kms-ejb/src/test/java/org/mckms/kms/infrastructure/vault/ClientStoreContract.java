package org.mckms.kms.infrastructure.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.kms.infrastructure.vault.Refusals.assertRefused;
import static org.mckms.kms.infrastructure.vault.VaultFixtures.plan;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.SealedClientKeys;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsErrorCode;

/** The keys for the keys of devices, and the signing keys beside them, the same for every vault. */
interface ClientStoreContract {

    byte[] AAD = "row 1".getBytes(StandardCharsets.UTF_8);
    byte[] KEYS = "01234567890123456789012345678901".getBytes(StandardCharsets.US_ASCII);
    String[] LATER_KEYS = {"kms.store.client.1", "kms.store.session.1", "kms.sign.cert", "kms.sign.bundle"};

    VaultHarness harness();

    @Test
    default void opensWhatItSealed() {
        TokenVault vault = harness().readyVault();
        SealedClientKeys sealed = vault.seal(vault.currentLabel(), KEYS, AAD);
        assertThat(vault.currentLabel()).isEqualTo("kms.store.client.1");
        assertThat(sealed.ciphertext().size()).isEqualTo(KEYS.length + 16);
        assertThat(vault.open("kms.store.client.1", sealed, AAD)).contains(KEYS);
        assertThat(vault.seal(vault.currentLabel(), KEYS, AAD).iv()).isNotEqualTo(sealed.iv());
    }

    @Test
    default void opensNothingThatWasAlteredOrMoved() {
        TokenVault vault = harness().readyVault();
        String label = vault.currentLabel();
        SealedClientKeys sealed = vault.seal(label, KEYS, AAD);
        byte[] altered = sealed.ciphertext().toByteArray();
        altered[0] ^= 1;
        assertThat(vault.open(label, new SealedClientKeys(sealed.iv(), Octets.copyOf(altered)), AAD))
                .isEmpty();
        assertThat(vault.open(label, sealed, "row 2".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        SealedClientKeys other = vault.seal(label, KEYS, AAD);
        assertThat(vault.open(label, new SealedClientKeys(other.iv(), sealed.ciphertext()), AAD))
                .isEmpty();
    }

    @Test
    default void givesATokenOfAnOlderReleaseTheKeysItLacks() {
        TokenVault vault = harness().readyVault();
        vault.createEpoch(plan(EpochPurpose.PRODUCTION));
        for (String label : LATER_KEYS) {
            harness().removeKey(label);
        }
        assertThat(vault.completeKeys(List.of(), List.of())).containsExactly(LATER_KEYS);
        assertThat(harness().storedLabels()).contains(LATER_KEYS);
        assertThat(vault.completeKeys(List.of("kms.store.client.1"), List.of())).isEmpty();
    }

    @Test
    default void makesTheNextKeyWhenTheNewestIsUsedUp() {
        TokenVault vault = harness().readyVault();
        SealedClientKeys sealed = vault.seal(vault.currentLabel(), KEYS, AAD);
        List<String> used = List.of("kms.store.client.1");
        assertThat(vault.completeKeys(used, used)).containsExactly("kms.store.client.2");
        assertThat(vault.currentLabel()).isEqualTo("kms.store.client.2");
        assertThat(vault.completeKeys(used, used)).isEmpty();
        assertThat(vault.open("kms.store.client.1", sealed, AAD)).contains(KEYS);
        assertThat(vault.open("kms.store.client.2", sealed, AAD)).isEmpty();
    }

    @Test
    default void neverMakesAKeyAnewUnderWhichSomethingIsSealed() {
        TokenVault vault = harness().readyVault();
        harness().removeKey("kms.store.client.1");
        assertRefused(KmsErrorCode.HSM_UNAVAILABLE, () -> vault.completeKeys(List.of("kms.store.client.1"), List.of()));
        assertThat(harness().storedLabels()).doesNotContain("kms.store.client.1");
    }

    @Test
    default void needsItsKeys() {
        TokenVault vault = harness().activeVault();
        assertRefused(KmsErrorCode.NOT_READY, vault::currentLabel);
        assertRefused(KmsErrorCode.NOT_READY, () -> vault.completeKeys(List.of(), List.of()));
        assertRefused(KmsErrorCode.NOT_READY, () -> vault.signBundle(Octets.ofAscii("x")));
        assertRefused(KmsErrorCode.NOT_READY, vault::certificateSignerDer);
    }

    @Test
    default void signsBundlesAndCertificatesWithKeysOfTheirOwn() throws GeneralSecurityException {
        TokenVault vault = harness().readyVault();
        Octets message = Octets.ofAscii("message");
        X509Certificate bundles = certificate(vault.bundleCertificateDer());
        X509Certificate certificates = certificate(vault.certificateSignerDer());
        assertThat(bundles.getSubjectX500Principal().getName()).contains("CN=MC KMS bundles");
        assertThat(certificates.getSubjectX500Principal().getName()).contains("CN=MC KMS certificates");
        assertThat(verifies(bundles, message, vault.signBundle(message))).isTrue();
        assertThat(verifies(certificates, message, vault.signCertificate(message)))
                .isTrue();
        assertThat(verifies(certificates, message, vault.signBundle(message))).isFalse();
        assertThat(verifies(bundles, Octets.ofAscii("massage"), vault.signBundle(message)))
                .isFalse();
    }

    private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static boolean verifies(X509Certificate certificate, Octets message, Octets signed)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initVerify(certificate);
        signature.update(message.toByteArray());
        return signature.verify(signed.toByteArray());
    }
}
