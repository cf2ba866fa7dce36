package org.mckms.kms.domain.cek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/** One key from making to end, by hand: what each step changes, and what it must not. */
class CekRecordTest {

    private static final Instant MADE = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant END = Instant.parse("2026-03-08T12:00:00Z");
    private static final Instant REFRESH = Instant.parse("2026-03-02T12:00:00Z");
    private static final Octets KEY_ID = Octets.fromHex("00112233445566778899aabbccddeeff");
    private static final CekScope SCOPE =
            new CekScope("sip:alice@example.org", "sip:mcptt@example.org", Optional.of("call-1"));

    private static CekRecord pending() {
        return new CekRecord(
                KEY_ID,
                SCOPE,
                CekState.PENDING,
                1,
                0,
                MADE,
                END,
                REFRESH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void isActiveOnceTheServerHasAcknowledgedIt() {
        CekRecord active = pending().acknowledged(1);

        assertThat(active.state()).isEqualTo(CekState.ACTIVE);
        assertThat(active.revision()).isEqualTo(1);
        assertThat(active.acknowledged()).isEqualTo(1);
        assertThat(active.isAcknowledged()).isTrue();
        assertThat(active.acknowledged(1)).isEqualTo(active);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 2})
    void doesNotTakeTheAcknowledgementOfARevisionThatNeverWas(long revision) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> pending().acknowledged(revision));
    }

    @Test
    void aLongerLifeIsARevisionThatTheServerDoesNotKnowYet() {
        Instant later = END.plus(Duration.ofHours(1));
        CekRecord prolonged = pending().acknowledged(1).prolonged(later, REFRESH.plusSeconds(60));

        assertThat(prolonged.state()).isEqualTo(CekState.ACTIVE);
        assertThat(prolonged.revision()).isEqualTo(2);
        assertThat(prolonged.acknowledged()).isEqualTo(1);
        assertThat(prolonged.isAcknowledged()).isFalse();
        assertThat(prolonged.validTo()).isEqualTo(later);
        assertThat(prolonged.refreshAfter()).isEqualTo(REFRESH.plusSeconds(60));
        assertThat(prolonged.createdAt()).isEqualTo(MADE);
        assertThat(prolonged.acknowledged(2).isAcknowledged()).isTrue();
    }

    @Test
    void anAcknowledgementOfAnOlderRevisionTakesNothingBack() {
        CekRecord known = pending().acknowledged(1).prolonged(END, REFRESH).acknowledged(2);

        assertThat(known.acknowledged(1)).isEqualTo(known);
    }

    @Test
    void retiresAtTheEndOfTheOverlapOrOfItsLifeWhicheverIsEarlier() {
        CekRecord active = pending().acknowledged(1);

        CekRecord retiring = active.retiring(REFRESH);
        assertThat(retiring.state()).isEqualTo(CekState.RETIRING);
        assertThat(retiring.validTo()).isEqualTo(REFRESH);
        assertThat(retiring.revision()).isEqualTo(2);
        assertThat(active.retiring(END.plusSeconds(1)).validTo()).isEqualTo(END);
    }

    @Test
    void onlyAnActiveKeyIsProlongedOrRetires() {
        CekRecord retiring = pending().acknowledged(1).retiring(REFRESH);
        CekRecord ended = pending().ended(CekEnding.EXPIRED, END);

        for (CekRecord cek : new CekRecord[] {pending(), retiring, ended}) {
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> cek.prolonged(END, REFRESH));
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> cek.retiring(END));
        }
    }

    @Test
    void endsFromEveryStateOnceAndTheServerHasToBeTold() {
        CekRecord active = pending().acknowledged(1);
        CekRecord retiring = active.retiring(REFRESH).acknowledged(2);

        assertThat(pending().ended(CekEnding.NOT_ACKNOWLEDGED, MADE).revision()).isEqualTo(2);
        assertThat(active.ended(CekEnding.SESSION_ENDED, MADE).revision()).isEqualTo(2);
        CekRecord ended = retiring.ended(CekEnding.RENEWED, REFRESH);
        assertThat(ended.state()).isEqualTo(CekState.ENDED);
        assertThat(ended.revision()).isEqualTo(3);
        assertThat(ended.isAcknowledged()).isFalse();
        assertThat(ended.endedAt()).contains(REFRESH);
        assertThat(ended.ending()).contains(CekEnding.RENEWED);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> ended.ended(CekEnding.OPERATOR, REFRESH));
        assertThat(ended.acknowledged(3).state()).isEqualTo(CekState.ENDED);
    }

    @Test
    void aKeyThatEndedBeforeTheServerSpokeDoesNotBecomeActive() {
        CekRecord ended = pending().ended(CekEnding.LOGGED_OFF, MADE);

        assertThat(ended.acknowledged(1).state()).isEqualTo(CekState.ENDED);
        assertThat(ended.acknowledged(1).isAcknowledged()).isFalse();
    }

    @Test
    void isUsableUntilTheLastInstantBeforeItsEnd() {
        CekRecord active = pending().acknowledged(1);

        assertThat(active.isUsableAt(END.minusNanos(1000))).isTrue();
        assertThat(active.isUsableAt(END)).isFalse();
        assertThat(active.ended(CekEnding.OPERATOR, MADE).isUsableAt(MADE)).isFalse();
    }

    @Test
    void printsItsKeyIdAsOthersKnowIt() {
        assertThat(pending().id()).isEqualTo("00112233445566778899AABBCCDDEEFF");
        assertThat(CekReference.of(pending()).text()).isEqualTo("00112233445566778899AABBCCDDEEFF:1");
        assertThat(CekReference.parse("00112233445566778899AABBCCDDEEFF:1")).contains(new CekReference(KEY_ID, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00112233445566778899AABBCCDDEEFF",
                "00112233445566778899AABBCCDDEEFF:0",
                "00112233445566778899AABBCCDDEEFF:01",
                "00112233445566778899AABBCCDDEEFF:1 ",
                "00112233445566778899aabbccddeeff:1",
                "0112233445566778899AABBCCDDEEFF:1",
                "00112233445566778899AABBCCDDEEFF:1234567890123456789"
            })
    void noOtherTextIsAReference(String text) {
        assertThat(CekReference.parse(text)).isEmpty();
    }

    @Test
    void scopesThatDifferInAnythingHaveOtherDigests() {
        CekScope none = new CekScope("sip:a", "sip:b", Optional.empty());

        assertThat(none.hash()).isEqualTo(new CekScope("sip:a", "sip:b", Optional.empty()).hash());
        assertThat(none.hash())
                .isNotEqualTo(new CekScope("sip:b", "sip:a", Optional.empty()).hash())
                .isNotEqualTo(new CekScope("sip:as", "ip:b", Optional.empty()).hash())
                .isNotEqualTo(new CekScope("sip:a", "sip:b", Optional.of("s")).hash());
    }

    @Test
    void aScopeHasNoEmptyAndNoEndlessSession() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new CekScope("sip:a", "sip:b", Optional.of(" ")));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new CekScope("sip:a", "sip:b", Optional.of("s".repeat(256))));
    }
}
