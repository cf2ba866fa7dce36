package org.mckms.kms.infrastructure.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.kms.infrastructure.vault.Refusals.assertRefused;
import static org.mckms.kms.infrastructure.vault.VaultFixtures.RFC;
import static org.mckms.kms.infrastructure.vault.VaultFixtures.plan;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.EpochPlan;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.kms.domain.SealedMasters;
import org.mckms.kms.domain.VaultState;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.protocol.error.KmsErrorCode;

/** Derived and imported epochs, the same for every vault. */
interface EpochContract {

    VaultHarness harness();

    @Test
    default void derivesMastersThatBelongToTheirCertificate() {
        TokenVault vault = harness().readyVault();
        EpochPlan plan = plan(EpochPurpose.PRODUCTION);
        Epoch epoch = vault.createEpoch(plan);
        assertThat(epoch.sealedMasters()).isEmpty();
        assertThat(harness().storedLabels()).contains("kms.root." + plan.id());
        vault.withMasterSecrets(epoch, masters -> {
            assertThat(masters.ksak().publicKey()).isEqualTo(epoch.kpak());
            assertThat(masters.zT().publicKey()).isEqualTo(epoch.zT());
            assertThat(masters.kpak()).isEqualTo(epoch.kpak());
            return masters;
        });
    }

    @Test
    default void derivesTheSameAfterARestart() {
        TokenVault first = harness().readyVault();
        Epoch epoch = first.createEpoch(plan(EpochPurpose.PRODUCTION));
        Octets ksak = first.withMasterSecrets(epoch, VaultFixtures::ksak);
        Octets v = first.withMasterSecrets(epoch, VaultFixtures::someScalar);
        first.close();
        TokenVault second = harness().activeVault(epoch);
        assertThat(second.withMasterSecrets(epoch, VaultFixtures::ksak)).isEqualTo(ksak);
        assertThat(second.withMasterSecrets(epoch, VaultFixtures::someScalar)).isEqualTo(v);
    }

    @Test
    default void derivesOtherMastersForOtherEpochs() {
        TokenVault vault = harness().readyVault();
        Epoch one = vault.createEpoch(plan(EpochPurpose.PRODUCTION));
        Epoch two = vault.createEpoch(plan(EpochPurpose.PRODUCTION));
        assertThat(one.kpak()).isNotEqualTo(two.kpak());
        assertThat(one.zT()).isNotEqualTo(two.zT());
    }

    @Test
    default void neverMakesAnEpochTwice() {
        TokenVault vault = harness().readyVault();
        EpochPlan plan = plan(EpochPurpose.PRODUCTION);
        Epoch epoch = vault.createEpoch(plan);
        assertRefused(KmsErrorCode.CONFLICT, () -> vault.createEpoch(plan));
        try (KmsSecretAuthenticationKey ksak = VaultFixtures.ownKsak();
                KmsMasterSecret zT = VaultFixtures.ownZt()) {
            assertRefused(KmsErrorCode.CONFLICT, () -> vault.importEpoch(plan, ksak, zT));
        }
        assertThat(vault.withMasterSecrets(epoch, MasterSecrets::kpak)).isEqualTo(epoch.kpak());
        assertThat(harness().storedLabels()).doesNotContain("kms.store.master." + plan.id());
    }

    @Test
    default void findsAnEpochThatAnotherNodeMade() {
        TokenVault one = harness().readyVault();
        TokenVault two = harness().activeVault();
        Epoch epoch = one.createEpoch(plan(EpochPurpose.PRODUCTION));
        assertThat(two.withMasterSecrets(epoch, MasterSecrets::kpak)).isEqualTo(epoch.kpak());
    }

    @Test
    default void refusesMastersOfAnotherCertificate() {
        TokenVault vault = harness().readyVault();
        Epoch epoch = vault.createEpoch(plan(EpochPurpose.PRODUCTION));
        KmsPublicKey published = new KmsPublicKey(RFC.octets("zTPublic"));
        Epoch wrong = VaultFixtures.altered(epoch, Optional.empty(), published, epoch.id(), epoch.kmsUri());
        assertRefused(KmsErrorCode.INTERNAL, () -> vault.withMasterSecrets(wrong, masters -> masters));
        Epoch renamed = VaultFixtures.altered(epoch, Optional.empty(), epoch.zT(), epoch.id(), "other.example.org");
        assertRefused(KmsErrorCode.INTERNAL, () -> vault.withMasterSecrets(renamed, masters -> masters));
        assertThat(harness().listener().events()).containsExactly("mastersRefused", "mastersRefused");
    }

    @Test
    default void retiresAnEpochForGood() {
        TokenVault vault = harness().readyVault();
        Epoch retired = vault.createEpoch(plan(EpochPurpose.PRODUCTION));
        Epoch other = vault.createEpoch(plan(EpochPurpose.PRODUCTION));
        vault.withMasterSecrets(retired, MasterSecrets::kpak);
        vault.retire(retired.id());
        vault.retire(retired.id());
        assertRefused(KmsErrorCode.NOT_READY, () -> vault.withMasterSecrets(retired, masters -> masters));
        assertThat(harness().storedLabels())
                .doesNotContain("kms.root." + retired.id())
                .contains("kms.root." + other.id());
        assertThat(vault.withMasterSecrets(other, MasterSecrets::kpak)).isEqualTo(other.kpak());
        vault.retire(new EpochId(UUID.randomUUID()));
    }

    @Test
    default void anEpochWhoseKeysAreGoneStopsNeitherOthersNorItsRetirement() {
        TokenVault first = harness().readyVault();
        Epoch gone = imported(first);
        Epoch kept = first.createEpoch(plan(EpochPurpose.PRODUCTION));
        first.close();
        harness().removeKey("kms.store.master." + gone.id());
        TokenVault second = harness().activeVault(gone, kept);
        assertThat(second.status().state()).isEqualTo(VaultState.ACTIVE);
        assertThat(second.status().detail())
                .contains(gone.id().toString())
                .doesNotContain(kept.id().toString());
        assertThat(second.withMasterSecrets(kept, MasterSecrets::kpak)).isEqualTo(kept.kpak());
        assertRefused(KmsErrorCode.HSM_UNAVAILABLE, () -> second.withMasterSecrets(gone, masters -> masters));
        assertThat(harness().storedLabels()).doesNotContain("kms.store.master." + gone.id());
        second.retire(gone.id());
        assertThat(second.status().detail()).doesNotContain(gone.id().toString());
        assertRefused(KmsErrorCode.NOT_READY, () -> second.withMasterSecrets(gone, masters -> masters));
        assertThat(harness().storedLabels()).doesNotContain("kms.root." + gone.id());
        assertThat(second.withMasterSecrets(kept, MasterSecrets::kpak)).isEqualTo(kept.kpak());
    }

    @Test
    default void theOnlyEpochCanBeRetiredWithoutItsKeys() {
        TokenVault first = harness().readyVault();
        Epoch gone = first.createEpoch(plan(EpochPurpose.PRODUCTION));
        first.close();
        harness().removeKey("kms.root." + gone.id());
        TokenVault second = harness().activeVault(gone);
        assertThat(second.status().detail()).contains(gone.id().toString());
        second.retire(gone.id());
        second.knownEpochs(List.of(VaultFixtures.retired(gone)));
        assertThat(second.status().detail()).isEqualTo("Activated.");
    }

    @Test
    default void aTokenWithoutTheKeysOfAllEpochsIsLost() {
        TokenVault first = harness().readyVault();
        Epoch one = first.createEpoch(plan(EpochPurpose.PRODUCTION));
        Epoch two = first.createEpoch(plan(EpochPurpose.PRODUCTION));
        first.close();
        harness().removeKey("kms.root." + one.id());
        harness().removeKey("kms.root." + two.id());
        TokenVault second = harness().vault();
        assertRefused(
                KmsErrorCode.HSM_UNAVAILABLE, () -> second.activate(harness().pin(), List.of(one, two)));
        assertThat(second.status().state()).isEqualTo(VaultState.LOST);
        assertThat(second.status().detail()).contains("kms.root.");
    }

    @Test
    default void sealsImportedMastersAndOpensThemAgain() {
        TokenVault vault = harness().readyVault();
        EpochPlan plan = plan(EpochPurpose.PRODUCTION);
        Epoch epoch;
        try (KmsSecretAuthenticationKey ksak = VaultFixtures.ownKsak();
                KmsMasterSecret zT = VaultFixtures.ownZt()) {
            epoch = vault.importEpoch(plan, ksak, zT);
            assertThat(ksak.publicKey()).as("still open").isEqualTo(epoch.kpak());
        }
        assertThat(harness().storedLabels()).contains("kms.root." + plan.id(), "kms.store.master." + plan.id());
        vault.withMasterSecrets(epoch, masters -> {
            assertThat(VaultFixtures.ksak(masters)).isEqualTo(Octets.fromHex("5A".repeat(32)));
            assertThat(masters.zT().use(Octets::copyOf)).isEqualTo(Octets.fromHex("15".repeat(128)));
            return masters;
        });
        vault.retire(plan.id());
        assertThat(harness().storedLabels()).doesNotContain("kms.root." + plan.id(), "kms.store.master." + plan.id());
    }

    @Test
    default void refusesSealedMastersThatWereAlteredOrMoved() {
        TokenVault vault = harness().readyVault();
        Epoch one = imported(vault);
        Epoch two = imported(vault);
        SealedMasters blob = one.sealedMasters().orElseThrow();
        byte[] flipped = blob.ciphertext().toByteArray();
        flipped[40] ^= 1;
        SealedMasters altered = new SealedMasters(blob.iv(), Octets.copyOf(flipped));
        assertRefusedToLoad(vault, VaultFixtures.altered(one, Optional.of(altered), one.zT(), one.id(), one.kmsUri()));
        assertRefusedToLoad(vault, VaultFixtures.altered(two, Optional.of(blob), one.zT(), two.id(), two.kmsUri()));
        assertRefusedToLoad(vault, VaultFixtures.altered(one, Optional.of(blob), one.zT(), one.id(), "x.example.org"));
        assertThat(vault.withMasterSecrets(one, MasterSecrets::kpak)).isEqualTo(one.kpak());
    }

    private static Epoch imported(TokenVault vault) {
        try (KmsSecretAuthenticationKey ksak = VaultFixtures.ownKsak();
                KmsMasterSecret zT = VaultFixtures.ownZt()) {
            return vault.importEpoch(plan(EpochPurpose.PRODUCTION), ksak, zT);
        }
    }

    private static void assertRefusedToLoad(TokenVault vault, Epoch epoch) {
        assertRefused(KmsErrorCode.INTERNAL, () -> vault.withMasterSecrets(epoch, masters -> masters));
    }
}
