package org.mckms.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.error.KmsException;

class SecretHexTest {

    @Test
    void fillsOnTheLeft() {
        assertThat(SecretHex.take("x", "12345".toCharArray(), 4)).containsExactly(0x00, 0x01, 0x23, 0x45);
        assertThat(SecretHex.take("x", "aBcDeF09".toCharArray(), 4)).containsExactly(0xAB, 0xCD, 0xEF, 0x09);
        assertThat(SecretHex.take("x", "0".toCharArray(), 1)).containsExactly(0);
    }

    @Test
    void wipesTheDigits() {
        char[] good = "1234".toCharArray();
        SecretHex.take("x", good, 2);
        assertThat(good).containsOnly('\0');
        char[] bad = "123x".toCharArray();
        assertThatThrownBy(() -> SecretHex.take("x", bad, 2)).isInstanceOf(KmsException.class);
        assertThat(bad).containsOnly('\0');
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345", "12 4", "-123", "0x12", "\uFF11\uFF12", "123\u0000"})
    void refusesAnythingElse(String digits) {
        assertThatThrownBy(() -> SecretHex.take("ksak", digits.toCharArray(), 2))
                .isInstanceOf(KmsException.class)
                .hasMessage("ksak must be 1 to 4 hex digits");
    }
}
