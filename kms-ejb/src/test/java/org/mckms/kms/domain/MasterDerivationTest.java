package org.mckms.kms.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.kms.domain.DerivationFixtures.VECTORS;
import static org.mckms.kms.domain.DerivationFixtures.context;
import static org.mckms.kms.domain.DerivationFixtures.key;
import static org.mckms.kms.domain.DerivationFixtures.root;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.secret.SecretOctets;

class MasterDerivationTest {

    @ParameterizedTest
    @EnumSource(EpochPurpose.class)
    void contextIsThatOfTheIndependentProgram(EpochPurpose purpose) {
        assertThat(context(purpose).octets()).isEqualTo(VECTORS.octets(key(purpose, "context")));
    }

    @ParameterizedTest
    @EnumSource(EpochPurpose.class)
    void mastersAreThoseOfTheIndependentProgram(EpochPurpose purpose) {
        try (SecretOctets root = root();
                KmsSecretAuthenticationKey ksak = MasterDerivation.ksak(new HmacSha512(root), context(purpose));
                KmsMasterSecret zT = MasterDerivation.zT(new HmacSha512(root), context(purpose));
                SecretOctets kV = MasterDerivation.kV(new HmacSha512(root), context(purpose))) {
            assertThat(ksak.use(Octets::copyOf)).isEqualTo(VECTORS.octets(key(purpose, "ksak")));
            assertThat(zT.use(Octets::copyOf)).isEqualTo(VECTORS.octets(key(purpose, "zT")));
            assertThat(kV.use(Octets::copyOf)).isEqualTo(VECTORS.octets(key(purpose, "kV")));
            assertThat(ksak.publicKey().octets()).isEqualTo(VECTORS.octets(key(purpose, "kpak")));
        }
    }

    @Test
    void refusesKsakZero() {
        Prf zeros = message -> new byte[Prf.OUTPUT_OCTETS];
        assertThatThrownBy(() -> MasterDerivation.ksak(zeros, context(EpochPurpose.PRODUCTION)))
                .isInstanceOf(InvalidKeyMaterialException.class);
    }

    @Test
    void refusesKsakThatIsAMultipleOfTheOrder() {
        byte[] order = ScalarReduction.ECCSI_ORDER.toByteArray();
        Prf orderItself = message -> {
            byte[] output = new byte[Prf.OUTPUT_OCTETS];
            System.arraycopy(order, 0, output, Prf.OUTPUT_OCTETS - order.length, order.length);
            return output;
        };
        assertThatThrownBy(() -> MasterDerivation.ksak(orderItself, context(EpochPurpose.PRODUCTION)))
                .isInstanceOf(InvalidKeyMaterialException.class);
    }

    @Test
    void refusesMasterSecretBelowTwo() {
        Prf zeros = message -> new byte[Prf.OUTPUT_OCTETS];
        assertThatThrownBy(() -> MasterDerivation.zT(zeros, context(EpochPurpose.PRODUCTION)))
                .isInstanceOf(InvalidKeyMaterialException.class);
        Prf one = message -> {
            byte[] output = new byte[Prf.OUTPUT_OCTETS];
            output[Prf.OUTPUT_OCTETS - 1] = (byte) (message[3] == 3 ? 1 : 0);
            return output;
        };
        assertThatThrownBy(() -> MasterDerivation.zT(one, context(EpochPurpose.PRODUCTION)))
                .isInstanceOf(InvalidKeyMaterialException.class);
    }

    @Test
    void derivesWholeBlocksOnly() {
        Octets context = context(EpochPurpose.PRODUCTION).octets();
        try (SecretOctets root = root()) {
            Prf prf = new HmacSha512(root);
            assertThatThrownBy(() -> CounterModeDerivation.derive(prf, "mckms/1/ksak", context, 511))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> CounterModeDerivation.derive(prf, "mckms/1/ksak", context, 0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
