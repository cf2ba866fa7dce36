package org.mckms.gms.domain.regroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.group.McService;

class RegroupPartTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant LATER = BEGIN.plusSeconds(60);
    private static final RegroupKey KEY = new RegroupKey("sip:gms@a.example", "7", "sip:gms@b.example");
    private static final RegroupPart.Scope SCOPE = new RegroupPart.Scope(
            List.of("sip:manager@a.example"),
            "sip:tmp@a.example",
            List.of("sip:f@a.example"),
            List.of("sip:g@b.example"),
            McService.MCPTT);

    private final RegroupPart requested = RegroupPart.requested(KEY, SCOPE, 3, BEGIN);
    private final RegroupPart delivered = requested.delivered(LATER);

    @Test
    void goesFromRequestedToSettled() {
        assertThat(requested.state()).isEqualTo(RegroupState.REQUESTED);
        assertThat(delivered.state()).isEqualTo(RegroupState.DELIVERED);

        RegroupPart stored = answered(delivered, 3, 5, 2, 0);
        assertThat(stored.state()).isEqualTo(RegroupState.STORED);
        assertThat(stored.counts()).isEqualTo(new RegroupCounts(5, 2, 0));

        RegroupPart settled = answered(stored, 3, 5, 4, 1);
        assertThat(settled.state()).isEqualTo(RegroupState.SETTLED);
        assertThat(settled.changedAt()).isEqualTo(LATER);
        assertThat(settled.createdAt()).isEqualTo(BEGIN);
    }

    @ParameterizedTest
    @CsvSource({"0,0,0,SETTLED", "3,0,0,STORED", "3,2,0,STORED", "3,3,0,SETTLED", "3,2,1,SETTLED", "3,0,3,FAILED"})
    void countsMakeTheState(int members, int acknowledged, int failed, RegroupState state) {
        assertThat(new RegroupCounts(members, acknowledged, failed).state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"-1,0,0", "1,-1,0", "1,0,-1", "1,1,1", "2147483647,2147483647,2147483647"})
    void countsThatCannotBeAreRefused(int members, int acknowledged, int failed) {
        assertThatThrownBy(() -> new RegroupCounts(members, acknowledged, failed))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void anAnswerMayOvertakeTheDelivery() {
        RegroupPart stored = answered(requested, 3, 1, 0, 0);

        assertThat(stored.state()).isEqualTo(RegroupState.STORED);
        assertThat(stored.delivered(LATER)).isEqualTo(stored);
        assertThat(stored.failed("no answer", LATER)).isEqualTo(stored);
        assertThat(stored.delayed("no answer")).isEqualTo(stored);
    }

    @Test
    void whyAnAttemptFailedIsSeenUntilOneSucceeds() {
        RegroupPart delayed = requested.delayed("connection refused");

        assertThat(delayed.state()).isEqualTo(RegroupState.REQUESTED);
        assertThat(delayed.reason()).contains("connection refused");
        assertThat(delayed.changedAt()).isEqualTo(BEGIN);
        assertThat(delayed.delivered(LATER).reason()).isEmpty();
    }

    @Test
    void aPartnerThatNeverAnswersHasFailedUntilItDoes() {
        RegroupPart silent = delivered.unanswered("no answer within PT10M", LATER);

        assertThat(silent.state()).isEqualTo(RegroupState.FAILED);
        assertThat(answered(silent, 3, 2, 2, 0).state()).isEqualTo(RegroupState.SETTLED);
        assertThat(requested.unanswered("not delivered within PT10M", LATER).state())
                .isEqualTo(RegroupState.FAILED);
        assertThat(silent.delayed("connection refused").state()).isEqualTo(RegroupState.FAILED);
    }

    @Test
    void aRefusalIsFinalUntilTheKeysAreSentAgain() {
        RegroupPart refused = requested.failed("refused: KEY_MESSAGE_REFUSED", LATER);

        assertThat(refused.state()).isEqualTo(RegroupState.FAILED);
        assertThat(refused.reason()).contains("refused: KEY_MESSAGE_REFUSED");
        assertThat(refused.delivered(LATER).state()).isEqualTo(RegroupState.DELIVERED);
        assertThat(refused.renewed(4, LATER).state()).isEqualTo(RegroupState.REQUESTED);
    }

    @Test
    void answersForOtherGenerationsChangeNothing() {
        assertThat(answered(delivered, 2, 1, 1, 0)).isEqualTo(delivered);
        assertThat(answered(delivered, 4, 1, 1, 0)).isEqualTo(delivered);
        assertThat(delivered.declined(2, "old", LATER)).isEqualTo(delivered);
        assertThat(delivered.declined(3, "storage", LATER).state()).isEqualTo(RegroupState.FAILED);
    }

    @Test
    void countsThatCameLateDoNotReplaceNewerOnes() {
        RegroupPart settled = answered(delivered, 3, 3, 3, 0);

        assertThat(answered(settled, 3, 3, 1, 0)).isEqualTo(settled);
        assertThat(answered(settled, 3, 3, 2, 1).counts().failed()).isEqualTo(1);
    }

    @Test
    void newKeysBeginAnew() {
        RegroupPart renewed = answered(delivered, 3, 3, 3, 0).renewed(4, LATER);

        assertThat(renewed.generation()).isEqualTo(4);
        assertThat(renewed.state()).isEqualTo(RegroupState.REQUESTED);
        assertThat(renewed.counts()).isEqualTo(RegroupCounts.NONE);
        assertThatThrownBy(() -> renewed.renewed(4, LATER)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void thePartnerBeginsWithKeysThatAreStored() {
        RegroupPart received = RegroupPart.received(KEY, SCOPE, 1, BEGIN);

        assertThat(received.state()).isEqualTo(RegroupState.STORED);
        assertThat(received.otherGmsUri()).isEqualTo("sip:gms@a.example");
        assertThat(requested.otherGmsUri()).isEqualTo("sip:gms@b.example");
        assertThat(received.renewed(2, LATER).state()).isEqualTo(RegroupState.STORED);
    }

    @ParameterizedTest
    @EnumSource(names = {"ENDING", "ENDED"})
    void nothingComesAfterTheEnd(RegroupState end) {
        RegroupPart over = end == RegroupState.ENDING ? delivered.ending(LATER) : delivered.ended(LATER);

        assertThat(over.state()).isEqualTo(end);
        assertThat(over.delivered(LATER)).isEqualTo(over);
        assertThat(over.failed("late", LATER)).isEqualTo(over);
        assertThat(over.unanswered("late", LATER)).isEqualTo(over);
        assertThat(answered(over, 3, 1, 1, 0)).isEqualTo(over);
        assertThat(over.declined(3, "late", LATER)).isEqualTo(over);
        assertThatThrownBy(() -> over.renewed(4, LATER)).isInstanceOf(InvalidValueException.class);
        assertThat(over.ended(LATER).state()).isEqualTo(RegroupState.ENDED);
    }

    @Test
    void anEndThatCannotBeToldStaysVisible() {
        RegroupPart untold = delivered.ending(LATER).endUntold("connection refused");

        assertThat(untold.state()).isEqualTo(RegroupState.ENDING);
        assertThat(untold.reason()).contains("connection refused");
        assertThat(untold.ended(LATER).reason()).isEmpty();
        assertThat(untold.ended(LATER).ending(LATER).state()).isEqualTo(RegroupState.ENDED);
    }

    @Test
    void reasonsOfStrangersAreCutAndCleaned() {
        RegroupPart failed = requested.failed("\u0000" + "x".repeat(10_000), LATER);

        assertThat(failed.reason().orElseThrow())
                .hasSize(RegroupPart.MAX_REASON_CHARACTERS)
                .startsWith("\uFFFDx");
    }

    private static RegroupPart answered(RegroupPart part, long generation, int members, int acknowledged, int failed) {
        return part.answered(generation, new RegroupCounts(members, acknowledged, failed), Optional.empty(), LATER);
    }
}
