package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventBodyTest {
    private final List<String> events = new ArrayList<>();
    private final EventBody body = new EventBody((name, data) -> events.add(name + "=" + data));

    EventBodyTest() {
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                // everything comes by itself
            }

            @Override
            public void cancel() {
                events.add("cancelled");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void readsEventsWhateverEndsTheirLines(String end) {
        send(String.join(
                end, "retry: 5000", "", "event: keys", "data: {\"a\":1}", "", ":", "", "data: x", "data:y", "", ""));

        assertThat(events).containsExactly("keys={\"a\":1}", "message=x\ny");
    }

    @Test
    void readsEventsThatComeOctetByOctet() {
        for (byte octet : "event: keys\r\ndata: grün\r\n\r\n".getBytes(StandardCharsets.UTF_8)) {
            body.onNext(List.of(ByteBuffer.wrap(new byte[] {octet})));
        }

        assertThat(events).containsExactly("keys=grün");
    }

    @Test
    void passesOverAnEventWithoutDataAndOneThatIsCutOff() {
        send("event: keys\n\nevent: end\ndata: x\n");
        body.onComplete();

        assertThat(events).isEmpty();
        assertThat(body.getBody().toCompletableFuture()).isCompletedWithValueMatching(octets -> octets.length == 0);
    }

    @Test
    void endsAtAnEventThatIsTooLarge() {
        send("data: " + "x".repeat(EventBody.MAX_OCTETS));

        assertThat(events).containsExactly("cancelled");
        assertThat(body.getBody().toCompletableFuture())
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(KmsAnswerException.class);
    }

    @Test
    void endsAtManyLinesOfOneEvent() {
        send("data: xxxxxxxxxx\n".repeat(EventBody.MAX_OCTETS / 10));

        assertThat(events).containsExactly("cancelled");
    }

    private void send(String text) {
        body.onNext(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }
}
