package org.mckms.kms.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.token.PresentedToken;
import org.mckms.kms.domain.token.RevokedTarget;
import org.mckms.kms.domain.token.RevokedTokens;
import org.mckms.kms.domain.token.TokenDigest;
import org.mckms.kms.domain.token.TokenRevocation;
import org.mckms.kms.domain.token.TokenRevocationRepository;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.error.KmsException;

class TokenRevocationWatchTest {

    private final ManualTime time = new ManualTime();
    private final Instant start = time.instant();
    private final RevokedTokens known = new RevokedTokens(time);
    private final List<TokenRevocation> rows = new ArrayList<>();
    private final List<TokenRevocation> trail = new ArrayList<>();
    private final List<Instant> asked = new ArrayList<>();
    private final List<Instant> forgotten = new ArrayList<>();
    private int trailRead;
    private boolean ready = true;

    private final TokenRevocationRepository repository = new TokenRevocationRepository() {
        @Override
        public void add(TokenRevocation revocation) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<TokenRevocation> since(Instant revokedAt) {
            asked.add(revokedAt);
            return List.copyOf(rows);
        }

        @Override
        public List<TokenRevocation> newest(int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int forgetBefore(Instant revokedAt) {
            forgotten.add(revokedAt);
            return 0;
        }
    };

    private final Transactions transactions = new Transactions() {
        @Override
        public <T> T inNew(Supplier<T> work) {
            return work.get();
        }

        @Override
        public void flush() {
            // nothing is kept back
        }
    };

    private final TokenRevocationWatch watch = new TokenRevocationWatch(
            taker -> {
                trailRead++;
                trail.forEach(taker);
            },
            repository,
            known,
            transactions,
            () -> ready,
            time);

    private TokenRevocation revocation(String jti) {
        return new TokenRevocation(
                UUID.randomUUID(), new RevokedTarget.OneToken("idm", jti), start, "peter", Optional.empty());
    }

    private boolean isRevoked(String jti) {
        return known.isRevoked(new PresentedToken(
                Optional.of(TokenDigest.of("idm", jti)), Set.of(), Optional.of(start), start.plusSeconds(60)));
    }

    @Test
    void learnsWhatOthersHaveRevoked() {
        watch.run();
        assertThat(isRevoked("a")).isFalse();
        rows.add(revocation("a"));
        time.advance(Duration.ofSeconds(1));
        watch.run();
        assertThat(isRevoked("a")).isTrue();
        assertThat(asked).containsExactly(Instant.EPOCH, start.minus(TokenRevocationWatch.OVERLAP));
    }

    @Test
    void learnsWhatOnlyTheAuditTrailKnowsAndOnceOnly() {
        trail.add(revocation("a"));
        watch.run();
        watch.run();
        assertThat(isRevoked("a")).isTrue();
        assertThat(trailRead).isEqualTo(1);
    }

    @Test
    void nothingIsKnownBeforeTheDatabaseAnswers() {
        ready = false;
        watch.run();
        assertThat(asked).isEmpty();
        assertThatThrownBy(() -> isRevoked("a")).isInstanceOf(KmsException.class);
    }

    @Test
    void forgetsNowAndThenWhatIsOver() {
        watch.run();
        time.advance(Duration.ofSeconds(1));
        watch.run();
        time.advance(TokenRevocationWatch.SWEEP);
        watch.run();
        assertThat(forgotten)
                .containsExactly(
                        start.minus(TokenRevocation.MEMORY), time.instant().minus(TokenRevocation.MEMORY));
    }
}
