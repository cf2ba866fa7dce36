package org.mckms.kms.domain.cek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.datakey.SealedData;

/** Times and decisions by hand: made at noon of the first of March under the policy below. */
class CekPolicyTest {

    private static final Instant MADE = Instant.parse("2026-03-01T12:00:00Z");
    private static final CekPolicy POLICY = new CekPolicy(
            Duration.ofMinutes(15),
            Duration.ofDays(1),
            Duration.ofMinutes(5),
            1000,
            Duration.ofDays(7),
            Duration.ofMinutes(10),
            2);
    private static final CekScope SCOPE =
            new CekScope("sip:alice@example.org", "sip:mcptt@example.org", Optional.empty());
    private static final Octets ONE = Octets.fromHex("01".repeat(16));
    private static final Octets TWO = Octets.fromHex("02".repeat(16));

    private static CekRecord pending() {
        return POLICY.fresh(ONE, SCOPE, Optional.empty(), Optional.of(Octets.fromHex("aa".repeat(32))), MADE);
    }

    private static Instant at(String time) {
        return Instant.parse("2026-03-" + time + "Z");
    }

    private static ScopeKeys keys(CekRecord... ceks) {
        SealedData sealed = SealedData.of(Octets.copyOf(new byte[76]));
        return new ScopeKeys(List.of(ceks).stream()
                .map(cek -> new StoredCek(cek, cek.state() == CekState.ENDED ? Optional.empty() : Optional.of(sealed)))
                .toList());
    }

    @Test
    void aNewKeyLivesAWeekAndIsToBeRenewedAfterADay() {
        assertThat(pending().state()).isEqualTo(CekState.PENDING);
        assertThat(pending().validTo()).isEqualTo(at("08T12:00:00"));
        assertThat(pending().refreshAfter()).isEqualTo(at("02T12:00:00"));
        assertThat(pending().predecessor()).isEmpty();
    }

    @Test
    void whatTheKmsRenewsByItselfLivesNoLongerThanWhatItReplaces() {
        CekRecord successor = POLICY.successor(TWO, pending().acknowledged(1), at("02T12:10:00"));

        assertThat(successor.validTo()).isEqualTo(at("08T12:00:00"));
        assertThat(successor.refreshAfter()).isEqualTo(at("03T12:10:00"));
        assertThat(successor.predecessor()).contains(ONE);
        assertThat(successor.tokenDigest()).contains(Octets.fromHex("aa".repeat(32)));
        assertThat(successor.scope()).isEqualTo(SCOPE);
    }

    @Test
    void saysWhenTimeChangesSomething() {
        CekRecord active = pending().acknowledged(1);
        CekRecord retiring = POLICY.retiring(active, at("02T12:00:00"));
        CekRecord ended = active.ended(CekEnding.SESSION_ENDED, at("02T00:00:00"));
        CekRecord endedAtLast = active.ended(CekEnding.EXPIRED, at("08T12:00:00"));

        assertThat(POLICY.dueAt(pending())).isEqualTo(at("01T12:15:00"));
        assertThat(POLICY.dueAt(active)).isEqualTo(at("02T12:10:00"));
        assertThat(POLICY.dueAt(retiring)).isEqualTo(at("02T12:10:00"));
        assertThat(POLICY.dueAt(ended)).as("the server may hold it as long").isEqualTo(at("08T12:00:00"));
        assertThat(POLICY.dueAt(endedAtLast)).as("a day more").isEqualTo(at("09T12:00:00"));
        assertThat(POLICY.dueAt(ended.acknowledged(2)))
                .as("listeners hear of it")
                .isEqualTo(at("02T00:01:00"));
    }

    @Test
    void saysWhatEndsByTimeAlone() {
        CekRecord active = pending().acknowledged(1);
        CekRecord retiring = POLICY.retiring(active, at("02T12:00:00"));

        assertThat(POLICY.endingAt(pending(), at("01T12:14:59"))).isEmpty();
        assertThat(POLICY.endingAt(pending(), at("01T12:15:00"))).contains(CekEnding.NOT_ACKNOWLEDGED);
        assertThat(POLICY.endingAt(pending(), at("08T12:00:00"))).contains(CekEnding.EXPIRED);
        assertThat(POLICY.endingAt(active, at("08T11:59:59"))).isEmpty();
        assertThat(POLICY.endingAt(active, at("08T12:00:00"))).contains(CekEnding.EXPIRED);
        assertThat(POLICY.endingAt(retiring, at("02T12:09:59"))).isEmpty();
        assertThat(POLICY.endingAt(retiring, at("02T12:10:00"))).contains(CekEnding.RENEWED);
        assertThat(POLICY.endingAt(active.ended(CekEnding.OPERATOR, MADE), at("30T00:00:00")))
                .isEmpty();
    }

    @Test
    void renewalMakesTheFirstKeyOfAScope() {
        CekRecord ended = pending().ended(CekEnding.LOGGED_OFF, MADE);
        CekRecord retiring = POLICY.retiring(pending().acknowledged(1), MADE);

        assertThat(POLICY.renewal(keys(), MADE)).isEqualTo(CekRenewal.MAKE);
        assertThat(POLICY.renewal(keys(ended, retiring), MADE)).isEqualTo(CekRenewal.MAKE);
        assertThat(POLICY.renewal(keys(pending().acknowledged(1)), at("08T12:00:00")))
                .as("its life is over, though it is still there")
                .isEqualTo(CekRenewal.MAKE);
    }

    @Test
    void renewalProlongsAYoungKeyAndReplacesAnOlderOne() {
        CekRecord active = pending().acknowledged(1);

        assertThat(POLICY.renewal(keys(active), at("01T12:04:59"))).isEqualTo(CekRenewal.PROLONG);
        assertThat(POLICY.renewal(keys(active), at("01T12:05:00"))).isEqualTo(CekRenewal.REPLACE);
    }

    @Test
    void whoAsksTwiceForRenewalMakesNothingMore() {
        CekRecord active = pending().acknowledged(1);
        CekRecord prolonged = POLICY.prolonged(active, at("01T12:01:00"));
        CekRecord successor = POLICY.fresh(TWO, SCOPE, Optional.of(active), Optional.empty(), at("01T12:06:00"));

        assertThat(POLICY.renewal(keys(pending()), at("01T12:01:00"))).isEqualTo(CekRenewal.GIVE);
        assertThat(POLICY.renewal(keys(prolonged), at("01T12:02:00"))).isEqualTo(CekRenewal.GIVE);
        assertThat(POLICY.renewal(keys(prolonged.acknowledged(2)), at("01T12:02:00")))
                .isEqualTo(CekRenewal.PROLONG);
        assertThat(POLICY.renewal(keys(active, successor), at("01T12:07:00"))).isEqualTo(CekRenewal.GIVE);
    }

    @Test
    void aKeyIsNotProlongedForEver() {
        CekRecord prolonged =
                POLICY.prolonged(pending().acknowledged(1), at("01T12:04:00")).acknowledged(2);

        assertThat(prolonged.validTo()).isEqualTo(at("08T12:04:00"));
        assertThat(POLICY.renewal(keys(prolonged), at("01T12:05:00"))).isEqualTo(CekRenewal.REPLACE);
    }

    @Test
    void looksAgainAtAKeyThatWaitsForItsSuccessorButNotBeyondItsLife() {
        CekRecord active = pending().acknowledged(1);

        assertThat(POLICY.postponed(active, at("02T12:10:00"))).isEqualTo(at("02T12:25:00"));
        assertThat(POLICY.postponed(active, at("08T11:50:00"))).isEqualTo(at("08T12:00:00"));
    }

    @Test
    void limitsSessionsAndEndsThatNobodyAcknowledges() {
        assertThat(POLICY.allowsSession(1)).isTrue();
        assertThat(POLICY.allowsSession(2)).isFalse();
        assertThat(POLICY.allowsKey(31)).isTrue();
        assertThat(POLICY.allowsKey(32)).isFalse();
    }

    @Test
    void aStoredKeyHasOctetsUntilItsEnd() {
        UUID dataKey = new UUID(1, 2);
        SealedData sealed = new SealedData(dataKey, Octets.copyOf(new byte[12]), Octets.copyOf(new byte[48]));

        assertThat(new StoredCek(pending(), Optional.of(sealed)).sealed()).isPresent();
        assertThatThrownBy(() -> new StoredCek(pending(), Optional.empty()))
                .hasMessageContaining("octets until it has ended");
    }
}
