package org.mckms.mikeysakke.mikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.InvalidValueException;

class KeyParametersTest {
    private static final Optional<Instant> NONE = Optional.empty();

    @Test
    void readsWhatItWrote() {
        Random random = Fixtures.seeded(66);
        for (int i = 0; i < Fixtures.roundTrips(); i++) {
            KeyParameters parameters = arbitrary(random);

            assertThat(ParameterCodec.decode(ParameterCodec.encode(parameters), MikeyLeniency.STRICT))
                    .isEqualTo(parameters);
        }
    }

    private static KeyParameters arbitrary(Random random) {
        KeyPurpose purpose = KeyPurpose.values()[random.nextInt(KeyPurpose.values().length)];
        List<String> groups = IntStream.range(0, purpose.hasGroups() ? random.nextInt(256) : 0)
                .mapToObj(i -> "sip:g" + i + "é".repeat(random.nextInt(40)))
                .toList();
        return new KeyParameters(
                purpose,
                random.nextBoolean(),
                random.nextBoolean(),
                time(random),
                time(random),
                "ä".repeat(random.nextInt(300)),
                groups);
    }

    private static Optional<Instant> time(Random random) {
        return random.nextBoolean() ? NONE : Optional.of(Instant.ofEpochSecond(1 + random.nextInt(Integer.MAX_VALUE)));
    }

    @Test
    void acceptsTheLargestValuesAndNoLarger() {
        Instant last = KeyParameters.FAR.minusSeconds(1);
        assertThat(of(Optional.of(last), Optional.of(last), "x".repeat(32_768)).text())
                .hasSize(32_768);

        assertRefused(() -> of(Optional.of(KeyParameters.FAR), NONE, ""));
        assertRefused(() -> of(NONE, Optional.of(KeyParameters.FAR), ""));
        assertRefused(() -> of(Optional.of(Instant.EPOCH), NONE, ""));
        assertRefused(() -> of(Optional.of(Instant.ofEpochSecond(-1)), NONE, ""));
        assertRefused(() -> of(Optional.of(Instant.ofEpochSecond(5, 1)), NONE, ""));
        assertRefused(() -> of(NONE, NONE, "x".repeat(32_769)));
        assertRefused(() -> of(NONE, NONE, "\uD800"));
        assertRefused(() -> KeyParameters.of(KeyPurpose.GMK, Collections.nCopies(256, "sip:g@example.org")));
        assertRefused(() -> KeyParameters.of(KeyPurpose.GMK, Collections.nCopies(2, "g".repeat(16_385))));
        assertRefused(() -> KeyParameters.of(KeyPurpose.GMK, List.of("")));
        assertRefused(() -> KeyParameters.of(KeyPurpose.CSK, List.of("sip:g@example.org")));
    }

    private static KeyParameters of(Optional<Instant> activation, Optional<Instant> expiry, String text) {
        return new KeyParameters(KeyPurpose.GMK, false, false, activation, expiry, text, List.of());
    }

    private static void assertRefused(ThrowingCallable making) {
        assertThatThrownBy(making).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void givesEachPurposeItsTag() {
        assertThat(IntStream.rangeClosed(-1, 16).mapToObj(KeyPurpose::ofTag).flatMap(Optional::stream))
                .containsExactly(KeyPurpose.values());
        assertThat(KeyPurpose.ofTag(4)).contains(KeyPurpose.MKFC);
        assertThat(KeyPurpose.MUSIK.tag()).isEqualTo(6);
    }

    @Test
    void givesEachCryptoSessionTheNumberOfTheTable() {
        assertThat(CryptoSessionId.of(4)).contains(CryptoSessionId.MCPTT_GROUP);
        assertThat(CryptoSessionId.of(6)).contains(CryptoSessionId.MCPTT_CSK);
        assertThat(CryptoSessionId.MCVIDEO_MUSIK.csId()).isEqualTo(9);
        assertThat(CryptoSessionId.of(10)).isEmpty();
        assertThat(CryptoSessionId.of(-1)).isEmpty();
    }
}
