package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdleWatchTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final IdleWatch watch = new IdleWatch(Duration.ofNanos(10), now::get);

    @Test
    void countsFromTheBeginning() {
        assertThat(watch.nanosLeft()).isEqualTo(10);
        now.addAndGet(9);
        assertThat(watch.nanosLeft()).isEqualTo(1);
        now.addAndGet(1);
        assertThat(watch.nanosLeft()).isZero();
    }

    @Test
    void countsAnewFromTheHeadAndFromEveryPart() {
        now.addAndGet(9);
        HttpResponse.BodySubscriber<String> body = watch.watching(
                        head -> HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8))
                .apply(null);
        assertThat(watch.nanosLeft()).isEqualTo(10);
        body.onSubscribe(new Demand());
        now.addAndGet(9);
        assertThat(watch.nanosLeft()).isEqualTo(1);
        body.onNext(List.of(ByteBuffer.wrap(new byte[] {'a'})));
        assertThat(watch.nanosLeft()).isEqualTo(10);
        body.onComplete();
        assertThat(body.getBody().toCompletableFuture()).isCompletedWithValue("a");
    }

    private static final class Demand implements Flow.Subscription {
        @Override
        public void request(long parts) {
            // the test sends without being asked
        }

        @Override
        public void cancel() {
            throw new AssertionError("cancelled");
        }
    }
}
