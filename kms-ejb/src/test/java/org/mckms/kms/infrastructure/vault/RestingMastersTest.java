package org.mckms.kms.infrastructure.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.mikeysakke.secret.SecretOctets;

class RestingMastersTest {

    private final Epoch epoch = epoch(
            VaultFixtures.publishedKsak().publicKey(),
            VaultFixtures.publishedZt().publicKey());
    private final RestingMasters resting = resting(7);

    @Test
    void lendsWhatItHolds() {
        try (MasterSecrets lent = resting.lend(epoch).orElseThrow()) {
            assertThat(VaultFixtures.ksak(lent)).isEqualTo(VaultFixtures.RFC.octets("ksak"));
            Octets zT = lent.zT().use(Octets::copyOf);
            assertThat(zT.slice(108, 128)).isEqualTo(VaultFixtures.RFC.octets("zT"));
        }
        assertThat(resting.isWiped()).isFalse();
    }

    @Test
    void wipesAtOnceWhenUnused() {
        resting.wipe();
        assertThat(resting.isWiped()).isTrue();
        assertThat(resting.lend(epoch)).isEmpty();
    }

    @Test
    void wipesWhenTheLastUserReturns() {
        MasterSecrets one = resting.lend(epoch).orElseThrow();
        MasterSecrets two = resting.lend(epoch).orElseThrow();
        resting.wipe();
        assertThat(resting.lend(epoch)).as("nothing more is lent").isEmpty();
        one.close();
        resting.giveBack();
        assertThat(resting.isWiped()).isFalse();
        assertThat(VaultFixtures.ksak(two)).isEqualTo(VaultFixtures.RFC.octets("ksak"));
        two.close();
        resting.giveBack();
        assertThat(resting.isWiped()).isTrue();
        assertThat(resting.isUnused()).isTrue();
    }

    @Test
    void refusesACertificateThatIsNotTheirs() {
        Epoch other = epoch(VaultFixtures.ownKsak().publicKey(), epoch.zT());
        assertThatThrownBy(() -> resting.lend(other)).isInstanceOf(MastersRefusedException.class);
        assertThat(resting.isUnused()).isTrue();
    }

    @Test
    void knowsTheSameMasters() {
        assertThat(resting.sameAs(resting(7))).isTrue();
        assertThat(resting.sameAs(resting(8))).isFalse();
    }

    /** @param kV value of each octet of k_v */
    private static RestingMasters resting(int kV) {
        byte[] key = new byte[64];
        Arrays.fill(key, (byte) kV);
        try (LoadedMasters loaded = new LoadedMasters(
                VaultFixtures.publishedKsak(), VaultFixtures.publishedZt(), SecretOctets.takeFrom(key))) {
            return new RestingMasters(loaded);
        }
    }

    private static Epoch epoch(KmsPublicAuthenticationKey kpak, KmsPublicKey zT) {
        return Epoch.ofPlan(VaultFixtures.plan(EpochPurpose.DEVELOPMENT), zT, kpak, Optional.empty());
    }
}
