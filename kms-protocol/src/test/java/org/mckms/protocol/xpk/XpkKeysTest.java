package org.mckms.protocol.xpk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.protocol.xpk.XpkFixtures.ALICE;
import static org.mckms.protocol.xpk.XpkFixtures.CSK_ID;
import static org.mckms.protocol.xpk.XpkFixtures.keys;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class XpkKeysTest {
    private static String hex(SecretOctets key) {
        return key.use(octets -> HexFormat.of().formatHex(octets));
    }

    @Test
    void derivesBothKeysByClauseF14() {
        try (XpkKeys keys = keys()) {
            assertThat(hex(keys.confidentiality())).isEqualTo(XpkFixtures.CONFIDENTIALITY);
            assertThat(hex(keys.integrity())).isEqualTo(XpkFixtures.INTEGRITY);
            assertThat(keys.keyName()).isEqualTo(XpkFixtures.KEY_NAME);
            assertThat(XpkKeys.xpkIdOf(XpkFixtures.KEY_NAME)).isEqualTo(CSK_ID);
        }
    }

    @Test
    void derivesFromAnSpkToo() {
        try (XpkKeys keys = keys(XpkFixtures.CSK, new KeyIdentifier(0x3DDD5BF0))) {
            assertThat(keys.xpkId().purposeTag()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0DDD5BF0, 0x1DDD5BF0, 0x4DDD5BF0, 0x5DDD5BF0, 0x6DDD5BF0, 0x7DDD5BF0})
    void refusesIdentifiersOfOtherKeys(int keyId) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> keys(XpkFixtures.CSK, new KeyIdentifier(keyId)));
    }

    @Test
    void refusesKeysOfAnotherLength() {
        try (SecretOctets key = SecretOctets.takeFrom(new byte[32])) {
            assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> XpkKeys.derive(CSK_ID, key, ALICE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ld1b8A", "Ld1b8B==", "Ld1b8AA=", "Ld1b", "2DDD5BF0", "Ld1b8A==\n", "*d1b8A=="})
    void refusesNamesThatAreNoIdentifier(String name) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> XpkKeys.xpkIdOf(name))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST));
    }

    @Test
    void closingWipesAndNothingShowsAKey() {
        XpkKeys keys = keys();
        assertThat(keys.toString()).isEqualTo("XpkKeys[2DDD5BF0, hidden]");
        keys.close();

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> hex(keys.confidentiality()));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> hex(keys.integrity()));
    }
}
