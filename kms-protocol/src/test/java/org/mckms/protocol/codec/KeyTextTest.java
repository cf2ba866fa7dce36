package org.mckms.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.protocol.error.KmsException;

class KeyTextTest {
    private final List<byte[]> lent = new ArrayList<>();

    @Test
    void lendsHexAndBase64() {
        assertThat(KeyText.read("0a 0B\n", "key", byte[]::clone)).containsExactly(10, 11);
        assertThat(KeyText.read("Cgs=", "key", byte[]::clone)).containsExactly(10, 11);
    }

    @Test
    void zeroesWhatItLent() {
        assertThat(KeyText.<Integer>read("0a0b", "key", octets -> {
                    lent.add(octets);
                    return octets.length;
                }))
                .isEqualTo(2);
        assertThat(lent.get(0)).containsExactly(0, 0);
    }

    @Test
    void zeroesWhatItLentWhenTheKeyIsRefused() {
        assertThatThrownBy(() -> KeyText.read("0a0b", "key", octets -> {
                    lent.add(octets);
                    return KeyText.withoutExtraZeros(octets, 1, "key");
                }))
                .isInstanceOf(KmsException.class)
                .hasMessage("key has 2 octets, 1 needed");
        assertThat(lent.get(0)).containsExactly(0, 0);
    }

    @Test
    void dropsLeadingZerosOnly() {
        assertThat(KeyText.withoutExtraZeros(new byte[] {0, 0, 7, 8}, 2, "key")).containsExactly(7, 8);
        assertThat(KeyText.withoutExtraZeros(new byte[] {0, 8}, 2, "key")).containsExactly(0, 8);
        assertThatThrownBy(() -> KeyText.withoutExtraZeros(new byte[] {8}, 2, "key"))
                .isInstanceOf(KmsException.class);
    }

    @Test
    void refusesWhatIsNeitherHexNorBase64() {
        assertThatThrownBy(() -> KeyText.read("0a0b*", "key", octets -> octets))
                .hasMessage("key is neither hex nor base64");
        assertThatThrownBy(() -> KeyText.read(" \n", "key", octets -> octets)).hasMessage("key is empty");
    }
}
