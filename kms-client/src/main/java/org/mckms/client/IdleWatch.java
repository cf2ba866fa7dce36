package org.mckms.client;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.LongSupplier;

/**
 * Tells how much longer to wait for an answer that may be of any length: not its end is awaited but its next part. Safe
 * for use by several threads.
 */
final class IdleWatch {
    private final long limitNanos;
    private final LongSupplier nanoTime;
    private volatile long lastPart;

    /** @param limit longest time without a part of the answer, its head included; counts from now on */
    IdleWatch(Duration limit, LongSupplier nanoTime) {
        this.limitNanos = limit.toNanos();
        this.nanoTime = nanoTime;
        this.lastPart = nanoTime.getAsLong();
    }

    /** Nanoseconds until the limit is reached; not positive once it is. */
    long nanosLeft() {
        return limitNanos - (nanoTime.getAsLong() - lastPart);
    }

    /** The same handler, each part of its body noted here. */
    <T> HttpResponse.BodyHandler<T> watching(HttpResponse.BodyHandler<T> handler) {
        return head -> {
            partCame();
            return new WatchedBody<>(handler.apply(head));
        };
    }

    private void partCame() {
        lastPart = nanoTime.getAsLong();
    }

    private final class WatchedBody<T> implements HttpResponse.BodySubscriber<T> {
        private final HttpResponse.BodySubscriber<T> watched;

        WatchedBody(HttpResponse.BodySubscriber<T> watched) {
            this.watched = watched;
        }

        @Override
        public CompletionStage<T> getBody() {
            return watched.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            watched.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            partCame();
            watched.onNext(buffers);
        }

        @Override
        public void onError(Throwable failure) {
            watched.onError(failure);
        }

        @Override
        public void onComplete() {
            watched.onComplete();
        }
    }
}
