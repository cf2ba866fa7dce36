package org.mckms.client;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Collects a body and gives up when it grows over a limit, so that a server cannot fill the client's memory. */
public final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final int maxOctets;
    private final HttpResponse.BodySubscriber<byte[]> collected = HttpResponse.BodySubscribers.ofByteArray();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.Subscription subscription;
    private long octets;

    public BoundedBody(int maxOctets) {
        this.maxOctets = maxOctets;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        this.subscription = given;
        collected.getBody().whenComplete((octetsRead, failure) -> {
            if (failure == null) {
                body.complete(octetsRead);
            } else {
                body.completeExceptionally(failure);
            }
        });
        collected.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        octets += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (octets > maxOctets) {
            subscription.cancel();
            body.completeExceptionally(new KmsAnswerException("the answer is larger than " + maxOctets + " octets"));
        } else {
            collected.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable failure) {
        collected.onError(failure);
    }

    @Override
    public void onComplete() {
        collected.onComplete();
    }
}
