package org.mckms.kms.infrastructure.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.mckms.kms.infrastructure.vault.VaultFixtures;
import org.mckms.mikeysakke.MikeySakkeException;

class CheckedPointsTest {
    /** Of RFC 6508 appendix A. */
    private static final String Z_T = VaultFixtures.RFC.octets("zTPublic").toHex();

    private final CheckedPoints points = new CheckedPoints();

    @Test
    void checksAPointOnce() {
        assertThat(points.publicKey(Z_T).octets().toHex()).isEqualTo(Z_T);
        assertThat(points.publicKey(Z_T)).isSameAs(points.publicKey(Z_T));
    }

    @Test
    void refusesAnotherPointEachTime() {
        String other = Z_T.substring(0, Z_T.length() - 2) + "00";
        for (int time = 0; time < 2; time++) {
            assertThatExceptionOfType(MikeySakkeException.class).isThrownBy(() -> points.publicKey(other));
        }
    }
}
