package org.mckms.mikeysakke.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.field.ScalarSakkeField;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.reference.PairingValue;

class PairingTest {
    @Test
    void g() {
        byte[] p = Curve.SAKKE.generator().encode();
        byte[] v = new Pairing(ScalarSakkeField.INSTANCE).pair(new byte[][] {p}, new byte[][] {p})[0];
        assertThat(Octets.copyOf(v))
                .isEqualTo(Octets.copyOf(PairingValue.generator().encode()));
    }

    @Test
    void gt() {
        byte[] p = Curve.SAKKE.generator().encode();
        byte[] v = new LineTable(ScalarSakkeField.INSTANCE, p).pair(new byte[][] {p})[0];
        assertThat(Octets.copyOf(v))
                .isEqualTo(Octets.copyOf(PairingValue.generator().encode()));
    }
}
