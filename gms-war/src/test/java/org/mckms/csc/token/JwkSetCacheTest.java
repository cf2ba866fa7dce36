package org.mckms.csc.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.mckms.csc.token.TestIdm.jwks;
import static org.mckms.csc.token.TestIdm.rsaJwk;

import com.nimbusds.jose.JWSAlgorithm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class JwkSetCacheTest {

    private static final JwkSetCache.Limits LIMITS =
            new JwkSetCache.Limits(Duration.ofMinutes(15), Duration.ofSeconds(30), Duration.ofHours(12));

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final FakeJwkSetSource source = new FakeJwkSetSource(jwks(rsaJwk(TestIdm.RSA, "one", "")));
    private final JwkSetCache cache = new JwkSetCache(source, LIMITS, clock);

    @Test
    void readsOnceAndKeeps() {
        assertThat(find("one")).hasSize(1);
        assertThat(find("one")).hasSize(1);
        assertThat(source.reads).isEqualTo(1);
    }

    @Test
    void readsAUrlAgainOnlyWhenItsTimeHasCome() {
        find("one");
        clock.advance(Duration.ofMinutes(15).minusSeconds(1));
        find("one");
        assertThat(source.reads).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        find("one");
        assertThat(source.reads).isEqualTo(2);
    }

    @Test
    void anUnknownKeyIdIsLookedUpButNotMoreOftenThanTheLimit() {
        find("one");
        for (int i = 0; i < 100; i++) {
            assertThat(find("guess-" + i)).isEmpty();
        }
        assertThat(source.reads).isEqualTo(1);
        clock.advance(Duration.ofSeconds(30));
        for (int i = 0; i < 100; i++) {
            assertThat(find("guess-" + i)).isEmpty();
        }
        assertThat(source.reads).isEqualTo(2);
    }

    @Test
    void aNewKeyIsFoundByItsUnknownId() {
        find("one");
        source.content = jwks(rsaJwk(TestIdm.RSA, "one", ""), rsaJwk(TestIdm.STRANGER, "two", ""));
        clock.advance(Duration.ofSeconds(30));
        assertThat(find("two")).hasSize(1);
    }

    @Test
    void aRemovedKeyIsGoneAfterTheNextReading() {
        find("one");
        source.content = jwks(rsaJwk(TestIdm.STRANGER, "two", ""));
        clock.advance(Duration.ofMinutes(15));
        assertThat(find("one")).isEmpty();
    }

    @Test
    void goesOnWithTheLastGoodSetUntilItIsStaleAndThenFailsClosed() {
        find("one");
        source.broken = true;
        clock.advance(Duration.ofHours(12).minusSeconds(1));
        assertThat(find("one")).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> find("one")).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.NOT_READY));
        source.broken = false;
        clock.advance(Duration.ofSeconds(30));
        assertThat(find("one")).hasSize(1);
    }

    @Test
    void aBrokenSourceIsNotAskedForEachToken() {
        source.broken = true;
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> find("one")).isInstanceOf(KmsException.class);
        }
        assertThat(source.reads).isEqualTo(1);
        clock.advance(Duration.ofSeconds(29));
        assertThatThrownBy(() -> find("one")).isInstanceOf(KmsException.class);
        assertThat(source.reads).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> find("one")).isInstanceOf(KmsException.class);
        assertThat(source.reads).isEqualTo(2);
    }

    @Test
    void aChangedMarkIsReadAgainAtOnceAndAnUnchangedOneConfirms() {
        source.mark = Optional.of("first");
        find("one");
        clock.advance(Duration.ofHours(100));
        assertThat(find("one")).hasSize(1);
        assertThat(source.reads).isEqualTo(1);
        source.mark = Optional.of("second");
        source.content = jwks(rsaJwk(TestIdm.STRANGER, "two", ""));
        clock.advance(Duration.ofSeconds(1));
        assertThat(find("two")).hasSize(1);
        assertThat(source.reads).isEqualTo(2);
    }

    @Test
    void aChangeToSomethingUnreadableIsNotReadOverAndOver() {
        source.mark = Optional.of("first");
        find("one");
        source.mark = Optional.of("second");
        source.content = "{".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(find("one")).hasSize(1);
        }
        assertThat(source.reads).isEqualTo(2);
    }

    @Test
    void aFileThatCouldNotBeReadIsTriedAgainThoughItHasNotChanged() {
        source.mark = Optional.of("first");
        source.unreadable = true;
        assertThatThrownBy(() -> find("one")).isInstanceOf(KmsException.class);
        source.unreadable = false;
        clock.advance(Duration.ofSeconds(29));
        assertThatThrownBy(() -> find("one")).isInstanceOf(KmsException.class);
        assertThat(source.reads).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(find("one")).hasSize(1);
        assertThat(source.reads).isEqualTo(2);
    }

    @Test
    void aSourceThatBreaksIsNotThere() {
        source.breaks = true;
        assertThatThrownBy(() -> find("one")).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.NOT_READY));
    }

    @Test
    void tokensDoNotWaitLongForTheFirstReading() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        source.onRead = () -> {
            reading.countDown();
            finish.await();
        };
        Thread first = new Thread(cache::refresh);
        first.start();
        reading.await();
        try {
            assertTimeoutPreemptively(Duration.ofSeconds(1), () -> assertThatThrownBy(() -> find("one"))
                    .isInstanceOf(KmsException.class));
        } finally {
            finish.countDown();
            first.join();
        }
        assertThat(find("one")).hasSize(1);
    }

    @Test
    void aClockThatWasSetBackDoesNotStopTheCache() {
        find("one");
        clock.advance(Duration.ofDays(-1));
        assertThat(find("one")).hasSize(1);
    }

    @Test
    void followsARealFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("jwks.json");
        JwkSetCache ofFile = new JwkSetCache(new FileJwkSetSource(file), LIMITS, clock);
        assertThatThrownBy(() -> ofFile.candidates(Optional.of("one"), JWSAlgorithm.RS256))
                .isInstanceOf(KmsException.class);
        Files.write(file, source.content);
        clock.advance(Duration.ofSeconds(1));
        assertThat(ofFile.candidates(Optional.of("one"), JWSAlgorithm.RS256)).hasSize(1);
        Files.write(file, jwks(rsaJwk(TestIdm.STRANGER, "two", "")));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-03-01T12:00:07Z")));
        clock.advance(Duration.ofSeconds(1));
        assertThat(ofFile.candidates(Optional.of("two"), JWSAlgorithm.RS256)).hasSize(1);
    }

    private List<VerificationKeys.Key> find(String kid) {
        return cache.candidates(Optional.of(kid), JWSAlgorithm.RS256);
    }
}
