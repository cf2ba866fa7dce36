package org.mckms.kms.domain.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class RevokedTokensTest {

    private static final String ALICE = "sip:alice@example.org";
    private static final String BOB = "sip:bob@example.org";

    private final ManualTime time = new ManualTime();
    private final Instant start = time.instant();
    private final RevokedTokens revoked = new RevokedTokens(time);

    @BeforeEach
    void look() {
        revoked.looked(List.of(), time.instant());
    }

    private static PresentedToken token(String jti, String uri, Instant issuedAt) {
        return new PresentedToken(
                Optional.of(TokenDigest.of("idm", jti)),
                Set.of(uri),
                Optional.of(issuedAt),
                issuedAt.plus(Duration.ofHours(12)));
    }

    private TokenRevocation of(RevokedTarget target) {
        return new TokenRevocation(UUID.randomUUID(), target, time.instant(), "peter", Optional.empty());
    }

    @Test
    void oneTokenIsKnownByIssuerAndIdentifier() {
        revoked.learn(of(new RevokedTarget.OneToken("idm", "a")));
        assertThat(revoked.isRevoked(token("a", ALICE, start))).isTrue();
        assertThat(revoked.isRevoked(token("b", ALICE, start))).isFalse();
        PresentedToken ofAnother = new PresentedToken(
                Optional.of(TokenDigest.of("other", "a")), Set.of(ALICE), Optional.of(start), start.plusSeconds(60));
        assertThat(revoked.isRevoked(ofAnother)).isFalse();
        PresentedToken nameless =
                new PresentedToken(Optional.empty(), Set.of(ALICE), Optional.of(start), start.plusSeconds(60));
        assertThat(revoked.isRevoked(nameless)).isFalse();
    }

    @Test
    void allOfAnIdentityThatAreOlder() {
        revoked.learn(of(new RevokedTarget.IssuedBefore(ALICE, start)));
        assertThat(revoked.isRevoked(token("a", ALICE, start.minusSeconds(1)))).isTrue();
        assertThat(revoked.isRevoked(token("a", ALICE, start))).isFalse();
        assertThat(revoked.isRevoked(token("a", BOB, start.minusSeconds(1)))).isFalse();
        assertThat(revoked.isRevoked(token("a", "SIP:alice@example.org", start.minusSeconds(1))))
                .isFalse();
    }

    @Test
    void aTokenThatDoesNotSayWhenItWasIssuedCountsAsOlder() {
        revoked.learn(of(new RevokedTarget.IssuedBefore(ALICE, start)));
        PresentedToken undated =
                new PresentedToken(Optional.empty(), Set.of(BOB, ALICE), Optional.empty(), start.plusSeconds(60));
        assertThat(revoked.isRevoked(undated)).isTrue();
    }

    @Test
    void theLatestMomentCounts() {
        revoked.learn(of(new RevokedTarget.IssuedBefore(ALICE, start)));
        revoked.learn(of(new RevokedTarget.IssuedBefore(ALICE, start.minusSeconds(60))));
        assertThat(revoked.isRevoked(token("a", ALICE, start.minusSeconds(1)))).isTrue();
    }

    @Test
    void whatIsNoLongerFoundStaysRevoked() {
        revoked.looked(List.of(of(new RevokedTarget.OneToken("idm", "a"))), time.instant());
        revoked.looked(List.of(), time.instant());
        assertThat(revoked.isRevoked(token("a", ALICE, start))).isTrue();
    }

    @Test
    void forgetsWhatHasExpiredAnyway() {
        revoked.learn(of(new RevokedTarget.OneToken("idm", "a")));
        revoked.learn(of(new RevokedTarget.IssuedBefore(ALICE, start)));
        time.advance(Duration.ofDays(8));
        revoked.looked(List.of(), time.instant());
        assertThat(revoked.isRevoked(token("a", ALICE, start.minusSeconds(1)))).isTrue();
        time.advance(Duration.ofSeconds(1));
        revoked.looked(List.of(), time.instant());
        assertThat(revoked.isRevoked(token("a", ALICE, start.minusSeconds(1)))).isFalse();
    }

    @Test
    void remembersFromTheRevocationOnHoweverFarBackItsMomentLies() {
        PresentedToken undated =
                new PresentedToken(Optional.empty(), Set.of(ALICE), Optional.empty(), start.plus(Duration.ofDays(30)));
        revoked.learn(of(new RevokedTarget.IssuedBefore(ALICE, start.minus(Duration.ofDays(7)))));
        time.advance(Duration.ofDays(1));
        revoked.learn(of(new RevokedTarget.IssuedBefore(ALICE, start.minus(Duration.ofDays(9)))));

        time.advance(Duration.ofDays(8));
        revoked.looked(List.of(), time.instant());
        assertThat(revoked.isRevoked(undated)).isTrue();
        time.advance(Duration.ofSeconds(1));
        revoked.looked(List.of(), time.instant());
        assertThat(revoked.isRevoked(undated)).isFalse();
    }

    @Test
    void refusesToSayWhenItHasNotLookedForTooLong() {
        PresentedToken token = token("a", ALICE, start);
        time.advance(Duration.ofMillis(29_999));
        assertThat(revoked.isRevoked(token)).isFalse();
        time.advance(Duration.ofMillis(1));
        assertNotReady(revoked, token);
        assertNotReady(new RevokedTokens(time), token);
    }

    private static void assertNotReady(RevokedTokens tokens, PresentedToken token) {
        assertThatThrownBy(() -> tokens.isRevoked(token))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.NOT_READY));
    }

    @Test
    void identifiersHaveAnEnd() {
        assertThat(new RevokedTarget.OneToken("idm", "a".repeat(512)).jti()).hasSize(512);
        assertThatThrownBy(() -> new RevokedTarget.OneToken("idm", "a".repeat(513)))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new RevokedTarget.OneToken("idm", "")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void complainsBeforeTheFirstLookAndWhenTheLastOneIsTooLongAgo() {
        String sentence = "revoked access tokens were not looked up for 30 s";
        assertThat(new RevokedTokens(time).complaint()).contains(sentence);
        time.advance(Duration.ofSeconds(30).minusNanos(1));
        assertThat(revoked.complaint()).isEmpty();
        time.advance(Duration.ofNanos(1));
        assertThat(revoked.complaint()).contains(sentence);
        revoked.looked(List.of(), time.instant());
        assertThat(revoked.complaint()).isEmpty();
    }
}
