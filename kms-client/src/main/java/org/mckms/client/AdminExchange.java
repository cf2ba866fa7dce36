package org.mckms.client;

import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.mckms.client.file.PrivateFile;

/** Requests to the operators' face and its answers: JSON, files, and refusals. Safe for use by several threads. */
final class AdminExchange {
    private static final String ROOT = "/admin/v1";
    private static final String JSON = "application/json";
    private static final int MAX_ANSWER_OCTETS = 16 * 1024 * 1024;
    private static final int MAX_ERROR_OCTETS = 64 * 1024;

    private final HttpsExchange https;
    private final TimeLimits limits;

    AdminExchange(ServerEndpoint endpoint) {
        this.https = new HttpsExchange(endpoint);
        this.limits = endpoint.limits();
    }

    /**
     * What a call answered: a document, or a file.
     *
     * @param file of a document empty
     */
    record DocumentOrFile(JsonObject document, Optional<byte[]> file) {}

    JsonStructure get(String path) {
        return JsonAnswers.parse(https.send(request(path, JSON).GET().build(), MAX_ANSWER_OCTETS));
    }

    JsonObject post(String path, JsonObject body) {
        return post(path, body, limits.answer());
    }

    /** The same with another limit for the whole exchange. */
    JsonObject post(String path, JsonObject body, Duration limit) {
        return postOctets(path, octets(body), limit);
    }

    JsonObject postSecret(String path, SecretJson body) {
        byte[] octets = body.toOctets();
        try {
            return postOctets(path, octets, limits.answer());
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /** A call that answers with a document or with a file; the body is wiped. */
    DocumentOrFile postForFile(String path, SecretJson body) {
        byte[] octets = body.toOctets();
        try {
            HttpRequest request = request(path, "*/*")
                    .header("Content-Type", JSON)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(octets))
                    .build();
            HttpsExchange.Answer answer = https.send(request, MAX_ANSWER_OCTETS);
            boolean document = answer.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.startsWith(JSON))
                    .isPresent();
            return answer.isSuccess() && !document
                    ? new DocumentOrFile(JsonValue.EMPTY_JSON_OBJECT, Optional.of(answer.body()))
                    : new DocumentOrFile(JsonAnswers.object(answer), Optional.empty());
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /** Sends a file, which is not read into memory. */
    JsonObject upload(String path, String mediaType, Path file, Duration limit) {
        try {
            HttpRequest request = request(path, JSON)
                    .header("Content-Type", mediaType)
                    .POST(HttpRequest.BodyPublishers.ofFile(file))
                    .build();
            return JsonAnswers.object(https.send(request, MAX_ANSWER_OCTETS, limit));
        } catch (FileNotFoundException e) {
            throw new KmsClientException("there is no file " + file, e);
        }
    }

    private static byte[] octets(JsonObject body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private JsonObject postOctets(String path, byte[] body, Duration limit) {
        HttpRequest request = request(path, JSON)
                .header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return JsonAnswers.object(https.send(request, MAX_ANSWER_OCTETS, limit));
    }

    private HttpRequest.Builder request(String path, String accept) {
        return https.request(ROOT + path).header("Accept", accept);
    }

    /** Writes an answer of any length to a file that is new and its owner's only. */
    void download(String path, Path file) {
        HttpRequest request = request(path, "*/*").GET().build();
        try {
            PrivateFile.replace(file, fresh -> download(request, fresh));
        } catch (IOException e) {
            throw new KmsClientException("cannot write " + file, e);
        }
    }

    private void download(HttpRequest request, Path fresh) {
        HttpResponse<byte[]> response = https.download(
                request,
                info -> info.statusCode() == 200
                        ? HttpResponse.BodySubscribers.mapping(
                                HttpResponse.BodySubscribers.ofFile(fresh, StandardOpenOption.WRITE),
                                written -> new byte[0])
                        : new BoundedBody(MAX_ERROR_OCTETS));
        if (response.statusCode() != 200) {
            throw new KmsRefusedException(response.statusCode(), JsonRefusal.of(response.body()));
        }
    }
}
