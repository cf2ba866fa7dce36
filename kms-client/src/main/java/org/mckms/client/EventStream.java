package org.mckms.client;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Listens to the server-sent events of a resource. What an event says is not signed: it is a reason to ask, nothing more.
 * Safe for use by several threads.
 */
public final class EventStream {
    private static final int MAX_ERROR_OCTETS = 64 * 1024;
    private static final String END = "end";
    private static final String NO_REASON = "no reason given";

    private final HttpsExchange https;
    private final Function<HttpsExchange.Answer, KmsRefusedException.Refusal> refusals;

    /** @param refusals reads what an answer says that is no stream */
    public EventStream(HttpsExchange https, Function<HttpsExchange.Answer, KmsRefusedException.Refusal> refusals) {
        this.https = https;
        this.refusals = refusals;
    }

    /**
     * Listens until the server ends the stream. Interrupting the thread ends it too.
     *
     * @param path percent-encoded
     * @param token without the word Bearer
     * @param listener is given name and data of each event on another thread, one at a time; if it throws, the stream ends
     *     and this throws it
     * @return why the server ended it, if it said so
     * @throws KmsRefusedException if the server refuses
     * @throws KmsUnreachableException if the server is silent for longer than the time limit of an answer
     */
    public Optional<String> listen(String path, String token, BiConsumer<String, String> listener) {
        AtomicReference<String> reason = new AtomicReference<>();
        HttpResponse<byte[]> response = https.download(
                https.request(path)
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "text/event-stream")
                        .GET()
                        .build(),
                head -> head.statusCode() == 200
                        ? new EventBody((name, data) -> take(name, data, listener, reason))
                        : new BoundedBody(MAX_ERROR_OCTETS));
        if (response.statusCode() != 200) {
            throw new KmsRefusedException(
                    response.statusCode(),
                    refusals.apply(
                            new HttpsExchange.Answer(response.statusCode(), response.headers(), response.body())));
        }
        return Optional.ofNullable(reason.get());
    }

    private static void take(
            String name, String data, BiConsumer<String, String> listener, AtomicReference<String> reason) {
        if (name.equals(END)) {
            reason.set(reasonOf(data));
        } else {
            listener.accept(name, data);
        }
    }

    private static String reasonOf(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject().getString("reason", NO_REASON);
        } catch (JsonException e) {
            return NO_REASON;
        }
    }
}
