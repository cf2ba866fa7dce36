package org.mckms.client;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;

/**
 * Reads a stream of server-sent events (HTML Living Standard clause 9.2) as it comes and hands each event over: its name and
 * its data. Comments, identifiers and waiting times are passed over. A line or an event over the limit ends the stream. The
 * body is empty when the server ends the stream.
 */
final class EventBody implements HttpResponse.BodySubscriber<byte[]> {
    /** Far more than one notice. */
    static final int MAX_OCTETS = 16 * 1024;

    private static final String DEFAULT_NAME = "message";

    private final BiConsumer<String, String> listener;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String name = DEFAULT_NAME;
    private boolean afterReturn;
    private Flow.Subscription subscription;

    /** @param listener called on a thread of the HTTP client, one event at a time */
    EventBody(BiConsumer<String, String> listener) {
        this.listener = listener;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        try {
            for (ByteBuffer buffer : buffers) {
                while (buffer.hasRemaining() && !body.isDone()) {
                    take(buffer.get());
                }
            }
        } catch (RuntimeException e) {
            subscription.cancel();
            body.completeExceptionally(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(new byte[0]);
    }

    /** A line ends with CR, LF or both. */
    private void take(byte octet) {
        boolean secondHalf = afterReturn && octet == '\n';
        afterReturn = octet == '\r';
        if (secondHalf) {
            return;
        }
        if (octet == '\r' || octet == '\n') {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            takeLine(text);
        } else {
            line.write(octet);
            checkSize();
        }
    }

    private void takeLine(String text) {
        if (text.isEmpty()) {
            dispatch();
            return;
        }
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1).replaceFirst("^ ", "");
        switch (field) {
            case "event" -> name = value;
            case "data" -> {
                data.append(value).append('\n');
                checkSize();
            }
            default -> {
                // a comment, or what is not needed here
            }
        }
    }

    private void dispatch() {
        String event = name.isEmpty() ? DEFAULT_NAME : name;
        String text = data.toString();
        name = DEFAULT_NAME;
        data.setLength(0);
        if (!text.isEmpty()) {
            listener.accept(event, text.substring(0, text.length() - 1));
        }
    }

    private void checkSize() {
        if (line.size() > MAX_OCTETS || data.length() > MAX_OCTETS) {
            throw new KmsAnswerException("an event is larger than " + MAX_OCTETS + " octets");
        }
    }
}
