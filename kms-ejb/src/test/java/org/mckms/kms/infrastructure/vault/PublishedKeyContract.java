package org.mckms.kms.infrastructure.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.mckms.kms.infrastructure.vault.Refusals.assertRefused;
import static org.mckms.kms.infrastructure.vault.VaultFixtures.DOMAIN;
import static org.mckms.kms.infrastructure.vault.VaultFixtures.RFC;
import static org.mckms.kms.infrastructure.vault.VaultFixtures.plan;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochPlan;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.InjectedScalars;
import org.mckms.kms.domain.InjectedScalars.ComputedKeys;
import org.mckms.kms.domain.IssuedKeys;
import org.mckms.kms.domain.KeyOrder;
import org.mckms.kms.domain.KeySetExtraction;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.kms.domain.TestArithmetic;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiKeyCheck;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.SakkeKeyCheck;
import org.mckms.protocol.error.KmsErrorCode;

/** Keys that standards print, from an imported epoch with the printed masters; the same for every vault. */
interface PublishedKeyContract {

    VaultHarness harness();

    @Test
    default void refusesPublishedMastersInProduction() {
        TokenVault vault = harness().readyVault();
        try (KmsSecretAuthenticationKey publishedKsak = VaultFixtures.publishedKsak();
                KmsMasterSecret publishedZt = VaultFixtures.publishedZt();
                KmsSecretAuthenticationKey ksak = VaultFixtures.ownKsak();
                KmsMasterSecret zT = VaultFixtures.ownZt()) {
            EpochPlan plan = plan(EpochPurpose.PRODUCTION);
            assertRefused(KmsErrorCode.MALFORMED_REQUEST, () -> vault.importEpoch(plan, publishedKsak, publishedZt));
            assertRefused(KmsErrorCode.MALFORMED_REQUEST, () -> vault.importEpoch(plan, publishedKsak, zT));
            assertRefused(KmsErrorCode.MALFORMED_REQUEST, () -> vault.importEpoch(plan, ksak, publishedZt));
            assertThat(harness().storedLabels())
                    .noneMatch(label -> label.contains(plan.id().toString()));
        }
    }

    @Test
    default void computesThePublishedKeys() {
        TokenVault vault = harness().readyVault();
        Epoch epoch = published(vault);
        assertThat(epoch.kpak().octets()).isEqualTo(RFC.octets("kpak"));
        assertThat(epoch.zT().octets()).isEqualTo(RFC.octets("zTPublic"));
        ComputedKeys keys = vault.withMasterSecrets(epoch, masters -> {
            try (MasterSecrets withV = InjectedScalars.withScalar(masters, RFC.octets("v"))) {
                return InjectedScalars.compute(withV, RFC.octets("identity"));
            }
        });
        assertThat(keys.pvt()).isEqualTo(RFC.octets("pvt"));
        assertThat(keys.hs()).isEqualTo(RFC.octets("hs"));
        assertThat(keys.ssk()).isEqualTo(RFC.octets("ssk"));
        assertThat(keys.rsk()).isEqualTo(RFC.octets("rsk"));
    }

    @Test
    default void issuesTheKeySetsOfTheIndependentProgram() {
        TokenVault vault = harness().readyVault();
        Epoch epoch = published(vault);
        KeySetExtraction extraction = extraction(vault);
        for (int set = 1; set <= DOMAIN.number("keySets"); set++) {
            String prefix = set + ".";
            Octets v = DOMAIN.octets(prefix + "v");
            vault.withMasterSecrets(epoch, masters -> {
                try (MasterSecrets withV = InjectedScalars.withScalar(masters, v);
                        IssuedKeys keys = issue(extraction, withV, epoch, DOMAIN.text(prefix + "userUri"))) {
                    assertThat(keys.uid().octets()).isEqualTo(DOMAIN.octets(prefix + "uid"));
                    assertThat(keys.pvt().octets()).isEqualTo(DOMAIN.octets(prefix + "pvt"));
                    assertThat(keys.ssk().use(Octets::copyOf)).isEqualTo(DOMAIN.octets(prefix + "ssk"));
                    assertThat(keys.rsk().use(Octets::copyOf)).isEqualTo(DOMAIN.octets(prefix + "rsk"));
                }
                return epoch;
            });
        }
    }

    @Test
    default void issuesValidKeysWithItsOwnScalar() {
        TokenVault vault = harness().readyVault();
        Epoch epoch = published(vault);
        KeySetExtraction extraction = extraction(vault);
        for (int set = 1; set <= DOMAIN.number("keySets"); set++) {
            String prefix = set + ".";
            Octets uid = DOMAIN.octets(prefix + "uid");
            vault.withMasterSecrets(epoch, masters -> {
                try (IssuedKeys keys = issue(extraction, masters, epoch, DOMAIN.text(prefix + "userUri"))) {
                    assertThat(keys.uid().octets()).isEqualTo(uid);
                    assertThat(keys.rsk().use(Octets::copyOf)).isEqualTo(DOMAIN.octets(prefix + "rsk"));
                    assertThat(EccsiKeyCheck.isValid(uid, keys.ssk(), keys.pvt(), epoch.kpak()))
                            .isTrue();
                    assertThat(SakkeKeyCheck.isValid(uid, keys.rsk(), epoch.zT()))
                            .isTrue();
                }
                return epoch;
            });
        }
    }

    private static Epoch published(TokenVault vault) {
        try (KmsSecretAuthenticationKey ksak = VaultFixtures.publishedKsak();
                KmsMasterSecret zT = VaultFixtures.publishedZt()) {
            return vault.importEpoch(plan(EpochPurpose.DEVELOPMENT), ksak, zT);
        }
    }

    private static KeySetExtraction extraction(TokenVault vault) {
        return TestArithmetic.extraction(vault, (epoch, userUri, failures) -> fail("self-check of " + userUri));
    }

    private static IssuedKeys issue(KeySetExtraction extraction, MasterSecrets masters, Epoch epoch, String userUri) {
        KeyOrder order = new KeyOrder(userUri, new KeyPeriod(DOMAIN.number("keyPeriod")), IdentityEncoding.RAW, 0);
        return extraction.issue(masters, epoch, List.of(order)).get(0);
    }
}
