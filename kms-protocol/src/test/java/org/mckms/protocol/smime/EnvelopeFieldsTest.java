package org.mckms.protocol.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mckms.protocol.smime.CekFixtures.envelope;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mckms.protocol.smime.EnvelopeFields.Found;

class EnvelopeFieldsTest {
    @Test
    void namesTheFieldsOfTheVectorInTheirOrder() {
        Found found = EnvelopeFields.of(envelope());

        assertThat(found.fault()).isEmpty();
        assertThat(found.fields()).allSatisfy(field -> assertThat(field.fault()).isEmpty());
        assertThat(found.fields().stream().map(EnvelopeField::name))
                .containsExactly(
                        "contentType",
                        "version",
                        "recipientInfos",
                        "KEKRecipientInfo",
                        "version",
                        "keyIdentifier",
                        "keyEncryptionAlgorithm",
                        "encryptedKey",
                        "authEncryptedContentInfo",
                        "contentType",
                        "contentEncryptionAlgorithm",
                        "aes-nonce",
                        "aes-ICVlen",
                        "encryptedContent",
                        "mac");
        assertThat(value(found, "keyIdentifier")).isEqualTo(CekFixtures.KEY_ID.toUpperCase(Locale.ROOT));
        assertThat(value(found, "encryptedContent")).isEqualTo(CekFixtures.content().length + " octets");
    }

    @Test
    void goesOnBehindAFault() {
        byte[] der = envelope();
        int kekVersion = 31;
        der[kekVersion] = 0;

        Found found = EnvelopeFields.of(der);

        assertThat(found.fault()).isEmpty();
        List<EnvelopeField> wrong = found.fields().stream()
                .filter(field -> field.fault().isPresent())
                .toList();
        assertThat(wrong).singleElement().satisfies(field -> {
            assertThat(field.name()).isEqualTo("version");
            assertThat(field.fault()).contains("must be 4");
        });
        assertThat(value(found, "mac")).isEqualTo("16 octets");
    }

    @Test
    void neverThrowsForWhatTheOctetsAre() {
        SplittableRandom random = new SplittableRandom(20240518);
        byte[] good = envelope();
        for (int at = 0; at < good.length; at++) {
            byte[] cut = Arrays.copyOf(good, at);
            assertThat(EnvelopeFields.of(cut).fault()).as("cut at " + at).isPresent();
            byte[] altered = good.clone();
            altered[at] ^= (byte) random.nextInt(1, 256);
            assertThatCode(() -> EnvelopeFields.of(altered))
                    .as("altered at " + at)
                    .doesNotThrowAnyException();
        }
    }

    private static String value(Found found, String name) {
        return found.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
