package org.mckms.mikeysakke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OctetsTest {
    @Test
    void readsHexOfAnyCaseAndWritesUpperCase() {
        assertThat(Octets.fromHex("00aBff").toHex()).isEqualTo("00ABFF");
        assertThat(Octets.fromHex("00aBff")).hasToString("00ABFF");
        assertThat(Octets.fromHex("").size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0G", "0x00", " 00", "00 ", "٠٠"})
    void refusesWhatIsNotPairsOfHexDigits(String hex) {
        assertThatThrownBy(() -> Octets.fromHex(hex)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void encodesText() {
        assertThat(Octets.ofAscii("MIKEY").toHex()).isEqualTo("4D494B4559");
        assertThat(Octets.ofUtf8("é").toHex()).isEqualTo("C3A9");
    }

    @Test
    void refusesTextThatTheCharsetCannotCarry() {
        assertThatThrownBy(() -> Octets.ofAscii("é")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Octets.ofUtf8("\uD800")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void isUntouchedByChangesOfArraysThatWentInOrOut() {
        byte[] source = {1, 2};
        Octets octets = Octets.copyOf(source);
        source[0] = 9;
        octets.toByteArray()[1] = 9;

        assertThat(octets).isEqualTo(Octets.fromHex("0102"));
    }

    @Test
    void comparesByValue() {
        assertThat(Octets.fromHex("0102"))
                .isEqualTo(Octets.fromHex("0102"))
                .hasSameHashCodeAs(Octets.fromHex("0102"))
                .isNotEqualTo(Octets.fromHex("0103"))
                .isNotEqualTo(Octets.fromHex("010200"));
    }

    @Test
    void joinsAndCuts() {
        Octets joined = Octets.fromHex("01").concat(Octets.fromHex("0203"), Octets.fromHex(""), Octets.fromHex("04"));

        assertThat(joined).isEqualTo(Octets.fromHex("01020304"));
        assertThat(joined.slice(1, 3)).isEqualTo(Octets.fromHex("0203"));
        assertThat(joined.at(3)).isEqualTo((byte) 4);
    }

    @Test
    void refusesIndexesOutsideTheOctets() {
        Octets octets = Octets.fromHex("0102");

        assertThatThrownBy(() -> octets.at(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> octets.slice(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> octets.slice(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> octets.slice(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
