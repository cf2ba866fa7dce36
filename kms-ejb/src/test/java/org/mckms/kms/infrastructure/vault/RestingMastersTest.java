package org.mckms.kms.infrastructure.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
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
    private final ByteBuffer memory = ByteBuffer.allocateDirect(224);
    private final RestingMasters resting = resting(7, memory);

    @Test
    void lendsWhatItHolds() {
        try (MasterSecrets lent = resting.lend(epoch).orElseThrow()) {
            assertThat(VaultFixtures.ksak(lent)).isEqualTo(VaultFixtures.RFC.octets("ksak"));
            Octets zT = lent.zT().use(Octets::copyOf);
            assertThat(zT.slice(108, 128)).isEqualTo(VaultFixtures.RFC.octets("zT"));
        }
        assertThat(isWiped()).isFalse();
    }

    @Test
    void wipesAtOnceWhenUnused() {
        resting.wipe();
        assertThat(isWiped()).isTrue();
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
        assertThat(isWiped()).isFalse();
        assertThat(VaultFixtures.ksak(two)).isEqualTo(VaultFixtures.RFC.octets("ksak"));
        two.close();
        resting.giveBack();
        assertThat(isWiped()).isTrue();
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
        assertThat(resting.sameAs(resting(7, ByteBuffer.allocateDirect(224)))).isTrue();
        assertThat(resting.sameAs(resting(8, ByteBuffer.allocateDirect(224)))).isFalse();
    }

    @Test
    void refusesMastersThatChangedInMemory() {
        memory.put(200, (byte) (memory.get(200) ^ 1));
        assertThatThrownBy(() -> resting.lend(epoch))
                .isInstanceOf(MastersRefusedException.class)
                .hasMessageContaining("changed in memory");
        assertThat(resting.isUnused()).isTrue();
    }

    private boolean isWiped() {
        return IntStream.range(0, 224).allMatch(i -> memory.get(i) == 0);
    }

    /** @param kV value of each octet of k_v */
    private static RestingMasters resting(int kV, ByteBuffer memory) {
        byte[] key = new byte[64];
        Arrays.fill(key, (byte) kV);
        try (LoadedMasters loaded = new LoadedMasters(
                VaultFixtures.publishedKsak(), VaultFixtures.publishedZt(), SecretOctets.takeFrom(key))) {
            return new RestingMasters(loaded, memory);
        }
    }

    private static Epoch epoch(KmsPublicAuthenticationKey kpak, KmsPublicKey zT) {
        return Epoch.ofPlan(VaultFixtures.plan(EpochPurpose.DEVELOPMENT), zT, kpak, Optional.empty());
    }
}
