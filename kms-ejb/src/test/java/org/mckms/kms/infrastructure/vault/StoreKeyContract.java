package org.mckms.kms.infrastructure.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.kms.infrastructure.vault.Refusals.assertRefused;
import static org.mckms.kms.infrastructure.vault.VaultFixtures.plan;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.VaultState;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsErrorCode;

/** Store keys and what they serve for, the same for every vault. */
interface StoreKeyContract {

    String[] STORE_KEYS = {
        "kms.probe",
        "kms.row",
        "kms.store.client.1",
        "kms.store.session.1",
        "kms.sign.cert",
        "kms.sign.bundle",
        "kms.sign.audit"
    };

    VaultHarness harness();

    @Test
    default void makesStoreKeysOnce() {
        TokenVault vault = harness().readyVault();
        assertThat(harness().storedLabels()).containsExactlyInAnyOrder(STORE_KEYS);
        Octets mac = vault.rowMac(Octets.ofAscii("row"));
        assertRefused(KmsErrorCode.CONFLICT, vault::createStoreKeys);
        assertThat(vault.rowMac(Octets.ofAscii("row"))).isEqualTo(mac);
    }

    @Test
    default void needsStoreKeysForServicesAndEpochs() {
        TokenVault vault = harness().activeVault();
        assertRefused(KmsErrorCode.NOT_READY, () -> vault.rowMac(Octets.ofAscii("row")));
        assertRefused(KmsErrorCode.NOT_READY, () -> vault.signAuditCheckpoint(Octets.ofAscii("checkpoint")));
        assertRefused(KmsErrorCode.NOT_READY, vault::auditCertificateDer);
        assertRefused(KmsErrorCode.NOT_READY, () -> vault.createEpoch(plan(EpochPurpose.PRODUCTION)));
        assertThat(harness().storedLabels()).isEmpty();
    }

    @Test
    default void missingKeysMeanALostTokenNeverAFreshOne() {
        TokenVault first = harness().readyVault();
        Epoch epoch = first.createEpoch(plan(EpochPurpose.PRODUCTION));
        first.close();
        harness().removeKey("kms.row");
        TokenVault second = harness().vault();
        assertRefused(
                KmsErrorCode.HSM_UNAVAILABLE, () -> second.activate(harness().pin(), List.of(epoch)));
        assertThat(second.status().state()).isEqualTo(VaultState.LOST);
        assertThat(harness().storedLabels()).doesNotContain("kms.row");
    }

    @Test
    default void completesACeremonyThatBrokeOff() {
        for (List<String> notMade : List.of(List.of("kms.sign.audit"), List.of("kms.sign.audit", "kms.row"))) {
            TokenVault first = harness().activeVault();
            first.createStoreKeys();
            Octets mac = first.rowMac(Octets.ofAscii("row"));
            first.close();
            notMade.forEach(harness()::removeKey);
            TokenVault second = harness().activeVault();
            second.createStoreKeys();
            assertThat(harness().storedLabels()).containsExactlyInAnyOrder(STORE_KEYS);
            assertThat(second.rowMac(Octets.ofAscii("row")).equals(mac))
                    .as("what existed stays")
                    .isEqualTo(!notMade.contains("kms.row"));
            assertRefused(KmsErrorCode.CONFLICT, second::createStoreKeys);
            assertThat(second.createEpoch(plan(EpochPurpose.PRODUCTION))).isNotNull();
            second.close();
            harness().storedLabels().forEach(harness()::removeKey);
        }
    }

    @Test
    default void neverCompletesStoreKeysOnceThereWasAnEpoch() {
        TokenVault first = harness().readyVault();
        Epoch epoch = first.createEpoch(plan(EpochPurpose.PRODUCTION));
        first.close();
        harness().removeKey("kms.sign.audit");
        TokenVault second = harness().activeVault();
        assertRefused(KmsErrorCode.CONFLICT, second::createStoreKeys);
        harness().removeKey("kms.root." + epoch.id());
        second.close();
        TokenVault third = harness().activeVault();
        third.knownEpochs(List.of(VaultFixtures.retired(epoch)));
        assertRefused(KmsErrorCode.CONFLICT, third::createStoreKeys);
        assertThat(harness().storedLabels()).contains("kms.probe", "kms.row").doesNotContain("kms.sign.audit");
    }

    @Test
    default void anEmptyTokenIsNotFreshForAServerThatHadEpochs() {
        TokenVault first = harness().readyVault();
        Epoch epoch = VaultFixtures.retired(first.createEpoch(plan(EpochPurpose.PRODUCTION)));
        first.close();
        harness().storedLabels().forEach(harness()::removeKey);
        TokenVault second = harness().vault();
        assertRefused(
                KmsErrorCode.HSM_UNAVAILABLE, () -> second.activate(harness().pin(), List.of(epoch)));
        assertRefused(KmsErrorCode.HSM_UNAVAILABLE, second::createStoreKeys);
        assertThat(harness().storedLabels()).isEmpty();
    }

    @Test
    default void protectsRowsByAMac() {
        TokenVault vault = harness().readyVault();
        Octets row = Octets.ofUtf8("sip:alice@example.org|blocked");
        Octets mac = vault.rowMac(row);
        assertThat(mac.size()).isEqualTo(32);
        assertThat(vault.rowMac(row)).isEqualTo(mac);
        assertThat(vault.rowMacMatches(row, mac)).isTrue();
        assertThat(vault.rowMacMatches(Octets.ofUtf8("sip:alice@example.org|"), mac))
                .isFalse();
        assertThat(vault.rowMacMatches(row, mac.slice(0, 31))).isFalse();
        assertThat(vault.rowMacMatches(row, Octets.copyOf(new byte[0]))).isFalse();
    }

    @Test
    default void signsAuditCheckpoints() throws GeneralSecurityException {
        TokenVault vault = harness().readyVault();
        Octets checkpoint = Octets.ofAscii("checkpoint 1");
        Octets signed = vault.signAuditCheckpoint(checkpoint);
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(vault.auditCertificateDer()));
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getSubjectX500Principal().getName())
                .contains("CN=MC KMS audit", "OU=" + harness().tokenLabel());
        assertThat(verifies(certificate, checkpoint, signed)).isTrue();
        assertThat(verifies(certificate, Octets.ofAscii("checkpoint 2"), signed))
                .isFalse();
    }

    private static boolean verifies(X509Certificate certificate, Octets message, Octets signed)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initVerify(certificate);
        signature.update(message.toByteArray());
        return signature.verify(signed.toByteArray());
    }
}
