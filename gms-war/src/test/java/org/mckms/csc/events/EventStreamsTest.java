package org.mckms.csc.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mckms.csc.Admission;
import org.mckms.csc.token.TestSettings;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class EventStreamsTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = START.plusSeconds(600);
    private static final String ALICE = "sip:alice@example.org";
    private static final String BOB = "sip:bob@example.org";
    private static final String NEWS = "event: keys\ndata: {\"generation\":3}\n\n";

    private Instant now = START;
    private boolean revoked;
    private final Set<String> blocked = new HashSet<>();
    private final List<News> news = new ArrayList<>();
    private final List<Collection<String>> asked = new ArrayList<>();
    private final EventStreams streams = new EventStreams(
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            },
            token -> revoked,
            uris -> Set.copyOf(uris.stream().filter(blocked::contains).toList()),
            uris -> {
                asked.add(uris);
                return List.copyOf(news);
            });

    /** A connection that takes what it is given while it is willing. */
    private static final class FakeSink implements EventSink {
        private final StringBuilder flushed = new StringBuilder();
        private final StringBuilder taken = new StringBuilder();
        private boolean willing = true;
        private boolean broken;
        private int closed;

        @Override
        public boolean isReady() {
            return willing;
        }

        @Override
        public void write(byte[] octets) throws IOException {
            if (broken) {
                throw new IOException("gone, on purpose");
            }
            taken.append(new String(octets, StandardCharsets.UTF_8));
        }

        @Override
        public void flush() {
            flushed.append(taken);
            taken.setLength(0);
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private final FakeSink sink = new FakeSink();

    private static Admission admission(String... uris) {
        AuthenticatedIdentity caller =
                new AuthenticatedIdentity(ClientKind.MC_CLIENT, List.of(uris), "main", "s", "app", "192.0.2.1");
        return new Admission(caller, TestSettings.token(LATER), "a test");
    }

    private static News news(int generation, String version) {
        return new News(
                ALICE,
                "keys",
                Json.createObjectBuilder().add("generation", generation).build(),
                version);
    }

    private EventStream open(String uri, FakeSink to) {
        EventStream stream = streams.open(admission(uri), to);
        stream.drain();
        return stream;
    }

    @Test
    void tellsWhatIsNewOnce() {
        open(ALICE, sink);
        news.add(news(3, "a"));
        streams.tick();
        streams.tick();
        assertThat(sink.flushed).hasToString("retry: 5000\n\n" + NEWS);
        assertThat(asked).allSatisfy(uris -> assertThat(uris).containsExactly(ALICE));

        news.set(0, news(3, "b"));
        streams.tick();
        assertThat(sink.flushed).hasToString("retry: 5000\n\n" + NEWS + NEWS);
    }

    @Test
    void tellsAgainWhatWasNoNewsForAWhile() {
        open(ALICE, sink);
        news.add(news(3, "a"));
        streams.tick();
        news.clear();
        streams.tick();
        news.add(news(3, "a"));
        streams.tick();
        assertThat(sink.flushed).hasToString("retry: 5000\n\n" + NEWS + NEWS);
    }

    @Test
    void tellsNobodyElse() {
        FakeSink other = new FakeSink();
        open(ALICE, sink);
        open("sip:bob@example.org", other);
        news.add(news(3, "a"));
        streams.tick();
        assertThat(sink.flushed.toString()).endsWith(NEWS);
        assertThat(other.flushed).hasToString("retry: 5000\n\n");
    }

    @Test
    void asksNothingWhileNobodyIsConnected() {
        streams.tick();
        assertThat(asked).isEmpty();
    }

    @Test
    void breaksALongSilence() {
        open(ALICE, sink);
        now = START.plusSeconds(14);
        streams.tick();
        assertThat(sink.flushed).hasToString("retry: 5000\n\n");
        now = START.plusSeconds(15);
        streams.tick();
        streams.tick();
        assertThat(sink.flushed).hasToString("retry: 5000\n\n:\n\n");
    }

    @Test
    void endsWithTheToken() {
        open(ALICE, sink);
        now = LATER.minusMillis(1);
        streams.tick();
        assertThat(sink.closed).isZero();
        now = LATER;
        news.add(news(3, "a"));
        streams.tick();
        assertThat(sink.flushed.toString())
                .endsWith("event: end\ndata: {\"reason\":\"token expired\"}\n\n")
                .doesNotContain("event: keys");
        assertThat(sink.closed).isEqualTo(1);
    }

    @Test
    void endsWhenTheTokenIsRevoked() {
        open(ALICE, sink);
        revoked = true;
        streams.tick();
        assertThat(sink.flushed.toString()).endsWith("event: end\ndata: {\"reason\":\"token revoked\"}\n\n");
        assertThat(sink.closed).isEqualTo(1);
    }

    @Test
    void endsWhenTheIdentityIsBlocked() {
        FakeSink other = new FakeSink();
        open(ALICE, sink);
        open(BOB, other);
        blocked.add(ALICE);
        news.add(news(3, "a"));
        streams.tick();
        assertThat(sink.flushed.toString())
                .endsWith("event: end\ndata: {\"reason\":\"identity blocked\"}\n\n")
                .doesNotContain("event: keys");
        assertThat(sink.closed).isEqualTo(1);
        assertThat(other.closed).isZero();
        assertThat(asked).containsExactly(Set.of(BOB));
    }

    @Test
    void aBlockedIdentityDoesNotConnect() {
        blocked.add(ALICE);
        assertThatThrownBy(() -> open(ALICE, sink)).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.IDENTITY_BLOCKED));
        streams.tick();
        assertThat(asked).isEmpty();
    }

    @Test
    void ofSeveralIdentitiesTheBlockedOneIsNotAskedFor() {
        streams.open(admission(ALICE, BOB), sink);
        blocked.add(ALICE);
        streams.tick();
        assertThat(asked).containsExactly(Set.of(BOB));
        assertThat(sink.closed).isZero();
        blocked.add(BOB);
        streams.tick();
        assertThat(sink.closed).isEqualTo(1);
    }

    @Test
    void waitsForNobody() {
        sink.willing = false;
        EventStream stream = open(ALICE, sink);
        news.add(news(3, "a"));
        streams.tick();
        assertThat(sink.flushed).isEmpty();
        sink.willing = true;
        stream.drain();
        assertThat(sink.flushed).hasToString("retry: 5000\n\n" + NEWS);
    }

    @Test
    void cutsOffAReaderWhoIsTooSlow() {
        sink.willing = false;
        EventStream stream = open(ALICE, sink);
        IntStream.range(0, EventStream.MAX_WAITING).forEach(i -> stream.tell(List.of(news(i, "a")), START));
        assertThat(stream.isClosed()).isTrue();
        assertThat(sink.closed).isEqualTo(1);
    }

    @Test
    void forgetsAReaderWhoIsGone() {
        EventStream stream = open(ALICE, sink);
        sink.broken = true;
        now = START.plusSeconds(15);
        streams.tick();
        assertThat(stream.isClosed()).isTrue();
        asked.clear();
        streams.tick();
        assertThat(asked).isEmpty();
    }

    @Test
    void goesOnWhenNewsCannotBeAskedFor() {
        EventStreams broken =
                new EventStreams(Clock.fixed(START, ZoneOffset.UTC), token -> false, uris -> Set.of(), uris -> {
                    throw new IllegalStateException("no database, on purpose");
                });
        EventStream stream = broken.open(admission(ALICE), sink);
        broken.tick();
        assertThat(stream.isClosed()).isFalse();
    }

    @Test
    void theOldestOfOneCallerGivesWay() {
        List<FakeSink> sinks = IntStream.rangeClosed(0, EventStreams.MAX_OF_ONE)
                .mapToObj(i -> new FakeSink())
                .toList();
        sinks.forEach(some -> open(ALICE, some));
        assertThat(sinks.get(0).flushed.toString())
                .endsWith("event: end\ndata: {\"reason\":\"replaced by a newer stream\"}\n\n");
        assertThat(sinks.get(0).closed).isEqualTo(1);
        assertThat(sinks.subList(1, sinks.size()))
                .allSatisfy(some -> assertThat(some.closed).isZero());
    }

    @Test
    void thereIsAnEndToStreams() {
        IntStream.range(0, EventStreams.MAX_STREAMS).forEach(i -> open("sip:u" + i + "@example.org", new FakeSink()));
        assertThatThrownBy(() -> open(ALICE, sink)).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.NOT_READY));
        streams.closeAll();
        open(ALICE, sink);
    }

    @Test
    void allEndWithTheServer() {
        open(ALICE, sink);
        streams.closeAll();
        assertThat(sink.flushed.toString()).endsWith("event: end\ndata: {\"reason\":\"the server is stopping\"}\n\n");
        assertThat(sink.closed).isEqualTo(1);
    }
}
