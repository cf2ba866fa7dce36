package org.mckms.protocol.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.SecurityVectors;

class NamedKeyTest {
    @Test
    void takesTheKeyAndZeroesTheSource() {
        byte[] source = octets(7);
        try (NamedKey key = NamedKey.takeFrom("tk.1", source)) {
            assertThat(source).containsOnly(0);
            key.key().use(octets -> assertThat(octets).isEqualTo(octets(7)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33})
    void refusesAnotherLengthAndStillZeroesTheSource(int length) {
        byte[] source = new byte[length];
        Arrays.fill(source, (byte) 7);
        assertThatThrownBy(() -> NamedKey.takeFrom("tk.1", source))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("a key of " + length + " octets is no TrK or InK");
        assertThat(source).containsOnly(new byte[length]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " tk", "tk ", "t\nk", "t\u0000k", "t\u0085k", "\uD800", "t\uFFFE", "\t"})
    void refusesNamesThatXmlWouldNotBringBack(String name) {
        assertThatThrownBy(() -> NamedKey.takeFrom(name, octets(7))).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void takesNamesUpTo600Characters() {
        assertThat(NamedKey.takeFrom("t".repeat(600), octets(7)).name()).hasSize(600);
        assertThatThrownBy(() -> NamedKey.takeFrom("t".repeat(601), octets(7)))
                .isInstanceOf(InvalidValueException.class);
        assertThat(NamedKey.takeFrom("tk <&> \u00E9\uD83D\uDD11", octets(7)).name())
                .isNotEmpty();
    }

    @Test
    void isWipedByClosingButNotItsCopy() {
        NamedKey key = NamedKey.takeFrom("tk.1", octets(7));
        NamedKey copy = key.copy();
        key.close();
        assertThatThrownBy(() -> key.key().use(octets -> octets)).isInstanceOf(IllegalStateException.class);
        copy.key().use(octets -> assertThat(octets).isEqualTo(octets(7)));
    }

    @Test
    void neverPrintsTheKey() {
        String hex = HexFormat.of().formatHex(octets(7));
        try (ClientKeys keys = SecurityVectors.clientKeys()) {
            assertThat(keys.toString()).contains(SecurityVectors.TRK_NAME).contains(SecurityVectors.INK_NAME);
            assertThat(keys.toString()).doesNotContainIgnoringCase(SecurityVectors.ALL.getString("TrK"));
        }
        assertThat(NamedKey.takeFrom("tk.1", octets(7)).toString()).doesNotContain(hex);
    }

    @Test
    void theIntegrityKeySignsElseTheTransportKey() {
        try (ClientKeys both = SecurityVectors.clientKeys();
                ClientKeys rel13 = new ClientKeys(SecurityVectors.trk(), Optional.empty())) {
            assertThat(both.signingKey().name()).isEqualTo(SecurityVectors.INK_NAME);
            assertThat(rel13.signingKey().name()).isEqualTo(SecurityVectors.TRK_NAME);
        }
    }

    @Test
    void closingAPairWipesBothKeys() {
        ClientKeys keys = SecurityVectors.clientKeys();
        ClientKeys copy = keys.copy();
        keys.close();
        assertThatThrownBy(() -> keys.transportKey().copy()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> keys.signingKey().copy()).isInstanceOf(IllegalStateException.class);
        assertThat(copy.transportKey()
                        .key()
                        .constantTimeEquals(SecurityVectors.trk().key()))
                .isTrue();
        copy.close();
    }

    private static byte[] octets(int value) {
        byte[] octets = new byte[NamedKey.KEY_OCTETS];
        Arrays.fill(octets, (byte) value);
        return octets;
    }
}
