package org.mckms.mikeysakke.mikey;

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

/** The published derivations. */
@UsesVectors("mikey/key-derivation.json")
class SrtpKeyDerivationTest {
    private static final Octets RAND = Octets.fromHex("4339f62f55aac86348846a482c893802");
    private static final KeyIdentifier CSB_ID = KeyIdentifier.of(Octets.fromHex("05a85c16"));

    @TestFactory
    Stream<DynamicTest> derivesThePublishedValue() {
        return VectorFile.load("mikey/key-derivation.json").tests(row -> {
            KeyIdentifier csbId = KeyIdentifier.of(row.octets("csbId"));
            int constant = KeyIdentifier.of(row.octets("constant")).value();
            int csId = (int) row.number("csId");
            int size = (int) row.number("outLen");
            try (SecretOctets tgk = SecretOctets.takeFrom(row.bytes("tgk"));
                    SecretOctets value =
                            SrtpKeyDerivation.derive(tgk, constant, csId, csbId, row.octets("rand"), size)) {
                assertThat(value.use(Octets::copyOf)).isEqualTo(row.octets("out"));
                assertThat(constant).isEqualTo(constantOf(row.text("label")));
            }
        });
    }

    private static int constantOf(String label) {
        return switch (label) {
            case "tek" -> SrtpKeyDerivation.TEK;
            case "salt" -> SrtpKeyDerivation.SALT;
            case "encr" -> SrtpKeyDerivation.ENCRYPTION;
            default -> throw new IllegalArgumentException(label);
        };
    }

    @Test
    void givesTekAndSaltInTheirLengths() {
        try (SecretOctets tgk = tgk(16);
                SecretOctets tek = SrtpKeyDerivation.tek(tgk, 4, CSB_ID, RAND);
                SecretOctets salt = SrtpKeyDerivation.salt(tgk, 4, CSB_ID, RAND)) {
            assertThat(tek.size()).isEqualTo(16);
            assertThat(salt.size()).isEqualTo(12);
            assertThat(tek.use(Octets::copyOf).slice(0, 12)).isNotEqualTo(salt.use(Octets::copyOf));
        }
    }

    @Test
    void continuesALongerValueBeyondTheFirstBlock() {
        try (SecretOctets tgk = tgk(16);
                SecretOctets tek = SrtpKeyDerivation.tek(tgk, 4, CSB_ID, RAND);
                SecretOctets longer = SrtpKeyDerivation.derive(tgk, SrtpKeyDerivation.TEK, 4, CSB_ID, RAND, 70)) {
            Octets octets = longer.use(Octets::copyOf);

            assertThat(octets.slice(0, 16)).isEqualTo(tek.use(Octets::copyOf));
            assertThat(octets.slice(0, 32)).isNotEqualTo(octets.slice(32, 64));
        }
    }

    @Test
    void changesWithEachInput() {
        try (SecretOctets tgk = tgk(16);
                SecretOctets one = SrtpKeyDerivation.tek(tgk, 4, CSB_ID, RAND);
                SecretOctets session = SrtpKeyDerivation.tek(tgk, 5, CSB_ID, RAND);
                SecretOctets talker = SrtpKeyDerivation.tek(tgk, 4, CSB_ID.xorVariableBits(1), RAND);
                SecretOctets rand = SrtpKeyDerivation.tek(tgk, 4, CSB_ID, RAND.concat(RAND))) {
            assertThat(Stream.of(one, session, talker, rand).map(value -> value.use(Octets::copyOf)))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void refusesNumbersAndLengthsOutOfRange() {
        try (SecretOctets empty = tgk(0);
                SecretOctets tgk = tgk(32);
                SecretOctets tooLong = tgk(33)) {
            assertRefused(empty, 0, 16);
            assertRefused(tooLong, 0, 16);
            assertRefused(tgk, -1, 16);
            assertRefused(tgk, 256, 16);
            assertRefused(tgk, 0, 0);
            assertRefused(tgk, 0, 256);
        }
    }

    private static void assertRefused(SecretOctets tgk, int csId, int octets) {
        assertThatThrownBy(() -> SrtpKeyDerivation.derive(tgk, SrtpKeyDerivation.TEK, csId, CSB_ID, RAND, octets))
                .isInstanceOf(InvalidValueException.class);
    }

    private static SecretOctets tgk(int size) {
        return SecretOctets.takeFrom(new byte[size]);
    }
}
