package org.mckms.client.group;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mckms.client.EventStream;
import org.mckms.client.HttpsExchange;
import org.mckms.client.JsonRefusal;
import org.mckms.client.KmsAnswerException;
import org.mckms.client.KmsRefusedException;
import org.mckms.client.PathSegment;
import org.mckms.client.ServerEndpoint;
import org.mckms.client.TokenRetry;
import org.mckms.client.TokenSource;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.GktpDocumentCodec;
import org.mckms.protocol.group.GroupDocument;
import org.mckms.protocol.group.GroupDocumentCodec;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.KeyAcknowledgementCodec;
import org.mckms.protocol.group.McService;

/**
 * A member's conversation with a group management server over HTTPS (CSC-2, CSC-3; TS 24.481), in the name of its access
 * token. Nothing that comes back is trusted beyond its form: keys go through {@link GroupKeyReceiver}.
 *
 * <p>Every method throws {@link org.mckms.client.KmsUnreachableException} if no answer comes in time, {@link
 * KmsRefusedException} with the server's code if it refuses (a token once more with another one first), and {@link
 * KmsAnswerException} if the answer is not what it should be. Safe for use by several threads.
 */
public final class GroupClient {
    private static final String ROOT = "/groupmanagement/v1";
    private static final int NOT_MODIFIED = 304;
    /** As many octets as the codecs read. */
    private static final int MAX_DOCUMENT_OCTETS = 4 * 1024 * 1024;

    private final HttpsExchange https;
    private final EventStream events;
    private final TokenSource tokens;

    /** @param gms its time limit of an answer is also how long a stream of events may be silent */
    public GroupClient(ServerEndpoint gms, TokenSource tokens) {
        this.https = new HttpsExchange(gms);
        this.events = new EventStream(https, answer -> JsonRefusal.of(answer.headers(), answer.body()));
        this.tokens = tokens;
    }

    /**
     * A document of keys.
     *
     * @param etag names this state of it, for the next call
     */
    public record FetchedKeys(GktpDocument document, Optional<String> etag) {}

    /**
     * Fetches the keys of a group for this member.
     *
     * @param etag of the document fetched last, if any
     * @return empty if nothing has changed since
     */
    public Optional<FetchedKeys> keys(McService service, String groupUri, Optional<String> etag) {
        String query =
                service == McService.MCPTT ? "" : "?service=" + service.name().toLowerCase(Locale.ROOT);
        HttpsExchange.Answer answer = ask("/gktps/" + PathSegment.encode(groupUri) + query, request -> {
            etag.ifPresent(value -> request.header("If-None-Match", value));
            return request.header("Accept", GktpDocumentCodec.MEDIA_TYPE).GET();
        });
        if (answer.status() == NOT_MODIFIED) {
            return Optional.empty();
        }
        return Optional.of(new FetchedKeys(
                read(answer, GktpDocumentCodec::read), answer.headers().firstValue("ETag")));
    }

    /** Fetches the document of a group: its name and members. */
    public GroupDocument group(String groupUri) {
        return read(
                ask("/groups/" + PathSegment.encode(groupUri) + "/document", request -> request.header(
                                "Accept", GroupDocumentCodec.MEDIA_TYPE + ", application/xml")
                        .GET()),
                GroupDocumentCodec::read);
    }

    /** Tells the server what came of keys. */
    public void acknowledge(KeyAcknowledgement acknowledgement) {
        ask("/acknowledgements", request -> request.header("Content-Type", KeyAcknowledgementCodec.MEDIA_TYPE)
                .POST(BodyPublishers.ofByteArray(KeyAcknowledgementCodec.write(acknowledgement))));
    }

    /** Asks to be told of keys by an HTTPS POST to this address, which replaces another one. */
    public void registerCallback(URI address) {
        ask("/callback", request -> request.header("Content-Type", "text/uri-list; charset=UTF-8")
                .PUT(BodyPublishers.ofString(address + "\r\n", StandardCharsets.UTF_8)));
    }

    /** Asks not to be called any more. */
    public void removeCallback() {
        ask("/callback", HttpRequest.Builder::DELETE);
    }

    /**
     * Listens until the server ends the stream, as it does when the token expires; then the caller fetches what it may have
     * missed and listens again. Interrupting the thread ends it too.
     *
     * @param listener called on another thread, one event at a time; if it throws, the stream ends and this throws it
     * @return why the server ended it, if it said so
     */
    public Optional<String> listen(Consumer<KeysReady> listener) {
        return TokenRetry.ask(
                tokens,
                token -> events.listen(ROOT + "/events", token, (name, data) -> {
                    if (name.equals("keys")) { // others are of a later release
                        listener.accept(KeysReady.read(data));
                    }
                }));
    }

    private HttpsExchange.Answer ask(String path, Function<HttpRequest.Builder, HttpRequest.Builder> question) {
        return TokenRetry.ask(tokens, token -> {
            HttpsExchange.Answer answer =
                    https.send(question.apply(authorised(path, token)).build(), MAX_DOCUMENT_OCTETS);
            if (!answer.isSuccess() && answer.status() != NOT_MODIFIED) {
                throw new KmsRefusedException(answer.status(), JsonRefusal.of(answer.headers(), answer.body()));
            }
            return answer;
        });
    }

    private HttpRequest.Builder authorised(String path, String token) {
        return https.request(ROOT + path).header("Authorization", "Bearer " + token);
    }

    private static <T> T read(HttpsExchange.Answer answer, Function<byte[], T> codec) {
        try {
            return codec.apply(answer.body());
        } catch (KmsException e) {
            throw new KmsAnswerException("the answer is not the document asked for: " + e.getMessage(), e);
        }
    }
}
