package org.mckms.mikeysakke.kdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.mikeysakke.vectors.UsesVectors;
import org.mckms.mikeysakke.vectors.VectorFile;

@UsesVectors({"kdf/guk-id.json", "kdf/dpck.json", "kdf/xpk.json"})
class KeyDerivationTest {
    private static final KeyIdentifier ID = new KeyIdentifier(0x09bf9d37);
    private static final String URI = "sip:alice@example.org";

    @TestFactory
    Stream<DynamicTest> derivesUserSaltAndGukId() {
        return VectorFile.load("kdf/guk-id.json").tests(row -> {
            KeyIdentifier gmkId = KeyIdentifier.of(row.octets("gmkId"));
            KeyIdentifier gukId = KeyIdentifier.of(row.octets("gukId"));
            try (SecretOctets gmk = SecretOctets.takeFrom(row.bytes("gmk"))) {
                assertThat(KeyDerivation.userSalt(gmk, row.text("uri")))
                        .isEqualTo(Integer.parseInt(row.text("userSalt"), 16));
                assertThat(KeyDerivation.gukId(gmk, gmkId, row.text("uri"))).isEqualTo(gukId);
                assertThat(KeyDerivation.gmkId(gmk, gukId, row.text("uri"))).isEqualTo(gmkId);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> derivesDpck() {
        return VectorFile.load("kdf/dpck.json").tests(row -> {
            Octets dpck = row.octets("dpck");
            try (SecretOctets dppk = SecretOctets.takeFrom(row.bytes("dppk"));
                    SecretOctets derived = KeyDerivation.dpck(dppk, KeyIdentifier.of(row.octets("dppkId")))) {
                assertThat(derived.use(Octets::copyOf)).isEqualTo(dpck);
                assertThat(row.octets("full").slice(16, 32)).isEqualTo(dpck);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> derivesKeysOfAnXpk() {
        return VectorFile.load("kdf/xpk.json").tests(row -> {
            KeyIdentifier xpkId = KeyIdentifier.of(row.octets("xpkId"));
            try (SecretOctets xpk = SecretOctets.takeFrom(row.bytes("xpk"));
                    SecretOctets derived = row.text("fc").equals("51")
                            ? KeyDerivation.confidentialityKey(xpk, row.text("mcId"), xpkId)
                            : KeyDerivation.integrityKey(xpk, row.text("mcId"), xpkId)) {
                assertThat(derived.use(Octets::copyOf)).isEqualTo(row.octets("key128"));
                assertThat(row.octets("full").slice(16, 32)).isEqualTo(row.octets("key128"));
            }
        });
    }

    @Test
    void keepsThePurposeTagOfTheGmkId() {
        try (SecretOctets gmk = SecretOctets.copyOf(new byte[16])) {
            KeyIdentifier gmkId = new KeyIdentifier(0xF0000000);

            assertThat(KeyDerivation.gukId(gmk, gmkId, URI).purposeTag()).isEqualTo(15);
        }
    }

    @Test
    void refusesKeysThatHaveNot16Octets() {
        try (SecretOctets tooShort = SecretOctets.copyOf(new byte[15]);
                SecretOctets tooLong = SecretOctets.copyOf(new byte[32])) {
            assertThatThrownBy(() -> KeyDerivation.userSalt(tooShort, URI)).isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> KeyDerivation.gukId(tooLong, ID, URI)).isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> KeyDerivation.dpck(tooLong, ID)).isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> KeyDerivation.integrityKey(tooShort, URI, ID))
                    .isInstanceOf(InvalidValueException.class);
        }
    }

    @Test
    void refusesUrisThatCannotBeHashed() {
        try (SecretOctets key = SecretOctets.copyOf(new byte[16])) {
            assertThatThrownBy(() -> KeyDerivation.userSalt(key, "")).isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> KeyDerivation.userSalt(key, "x".repeat(65536)))
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> KeyDerivation.confidentialityKey(key, "\uD800", ID))
                    .isInstanceOf(InvalidValueException.class);
        }
    }

    @Test
    void refusesAClosedKey() {
        SecretOctets key = SecretOctets.copyOf(new byte[16]);
        key.close();

        assertThatThrownBy(() -> KeyDerivation.dpck(key, ID)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void readsAndWritesIdentifiersOfFourOctets() {
        KeyIdentifier id = KeyIdentifier.of(Octets.fromHex("2DDD5BF0"));

        assertThat(id.purposeTag()).isEqualTo(2);
        assertThat(id.octets()).isEqualTo(Octets.fromHex("2DDD5BF0"));
        assertThat(id).hasToString("2DDD5BF0");
        assertThatThrownBy(() -> KeyIdentifier.of(Octets.fromHex("2DDD5B"))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> KeyIdentifier.of(Octets.fromHex("2DDD5BF000")))
                .isInstanceOf(InvalidValueException.class);
    }
}
