package org.mckms.protocol.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** The wraps of the vectors, which two other implementations agree on, in the three profiles and both directions. */
class KeyWrappingTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    static List<JsonObject> wraps() {
        return SecurityVectors.wraps();
    }

    @Test
    void allVectorsAreHere() {
        assertThat(wraps()).hasSize(8);
    }

    @ParameterizedTest
    @MethodSource("wraps")
    void unwrapsByTrial(JsonObject vector) {
        byte[] wrapped = HEX.parseHex(vector.getString("wrapped"));
        String plain = KeyWrapping.unwrap(SecurityVectors.trk(), wrapped, HEX::formatHex);
        assertThat(plain).isEqualTo(vector.getString("plain"));
    }

    @ParameterizedTest
    @MethodSource("wraps")
    void wrapsInTheProfileOfTheVector(JsonObject vector) {
        boolean stripped = vector.getString("element").endsWith("without the 04 octet");
        boolean padded = vector.getString("algorithm").equals("RFC 5649");
        byte[] plain = HEX.parseHex((stripped ? "04" : "") + vector.getString("plain"));
        if (padded) {
            KeyWrapping.Wrapped labelled = wrap(plain, WrapProfile.KWP_LABELLED_KW);
            assertThat(labelled.algorithm()).isEqualTo(KeyWrapping.KW_AES256);
            assertThat(labelled.cipherValue()).isEqualTo(vector.getString("wrapped"));
        }
        if (!(padded && plain.length == NamedKey.KEY_OCTETS)) {
            KeyWrapping.Wrapped wrapped = wrap(plain, stripped ? WrapProfile.STRIP04 : WrapProfile.KWP);
            assertThat(wrapped.algorithm()).isEqualTo(vector.getString("uri"));
            assertThat(wrapped.cipherValue()).isEqualTo(vector.getString("cipherValueBase64"));
        }
    }

    @Test
    void wrapsKeysOf32OctetsAlikeInStrip04AndKwp() {
        byte[] ssk = HEX.parseHex(SecurityVectors.wrap("UserSigningKeySSK").getString("plain"));
        assertThat(wrap(ssk, WrapProfile.STRIP04)).isEqualTo(wrap(ssk, WrapProfile.KWP));
    }

    @Test
    void doesNotStripWhatIsNoPoint() {
        assertThatThrownBy(() -> wrap(new byte[65], WrapProfile.STRIP04))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key of 65 octets is no uncompressed point");
    }

    @ParameterizedTest
    @MethodSource("wraps")
    void refusesAnyFlippedBitAndTheWrongKey(JsonObject vector) {
        byte[] wrapped = HEX.parseHex(vector.getString("wrapped"));
        for (int i = 0; i < wrapped.length; i += 7) {
            byte[] flipped = wrapped.clone();
            flipped[i] ^= 1;
            assertRefused(SecurityVectors.trk(), flipped);
        }
        assertRefused(SecurityVectors.ink(), wrapped);
        assertRefused(SecurityVectors.trk(), Arrays.copyOf(wrapped, wrapped.length - 8));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 15, 39})
    void refusesLengthsThatNoWrapHas(int length) {
        assertRefused(SecurityVectors.trk(), new byte[length]);
    }

    @Test
    void zeroesTheKeyAfterLendingIt() {
        byte[] wrapped = Base64.getDecoder()
                .decode(SecurityVectors.wrap("UserSigningKeySSK").getString("cipherValueBase64"));
        byte[] lent = KeyWrapping.unwrap(SecurityVectors.trk(), wrapped, octets -> octets);
        assertThat(lent).hasSize(32).containsOnly(0);
    }

    private static KeyWrapping.Wrapped wrap(byte[] key, WrapProfile profile) {
        return KeyWrapping.wrap(SecurityVectors.trk(), key, profile);
    }

    private static void assertRefused(NamedKey key, byte[] wrapped) {
        KmsException refusal =
                catchThrowableOfType(KmsException.class, () -> KeyWrapping.unwrap(key, wrapped, octets -> octets));
        assertThat(refusal.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
        assertThat(refusal).hasMessage("a key does not unwrap under the transport key " + key.name());
    }
}
