package org.mckms.it.support;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** The operators' interface as seen by one operator, with that operator's certificate. */
public final class AdminFace {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http;
    private final String base;

    public AdminFace(SSLContext tls, int port) {
        this.base = "https://localhost:" + port + "/admin/v1";
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .connectTimeout(LIMIT)
                .build();
    }

    public Reply get(String resource) {
        return Csc.send(http, to(resource).GET().build());
    }

    public Reply post(String resource, Map<String, ?> body) {
        String json = Json.createObjectBuilder(body).build().toString();
        return Csc.send(
                http,
                to(resource)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8))
                        .build());
    }

    /** Posts a list of users, one per line. */
    public Reply postList(String resource, String list) {
        return Csc.send(
                http,
                to(resource)
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofString(list, StandardCharsets.UTF_8))
                        .build());
    }

    private HttpRequest.Builder to(String resource) {
        return HttpRequest.newBuilder(URI.create(base + resource)).timeout(LIMIT);
    }

    /** The JSON object of an answer that must be a success. */
    public static JsonObject object(Reply reply) {
        if (reply.status() / 100 != 2) {
            throw new AssertionError("refused: " + reply);
        }
        return json(reply);
    }

    /** The error object of an answer that must be a refusal. */
    public static JsonObject error(Reply reply) {
        if (reply.status() / 100 == 2) {
            throw new AssertionError("not refused: " + reply);
        }
        return json(reply).getJsonObject("error");
    }

    /** The JSON object of any answer. */
    public static JsonObject json(Reply reply) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(reply.body()))) {
            return reader.readObject();
        }
    }

    /** The array in a field of an answer that must be a success. */
    public static JsonArray array(Reply reply, String field) {
        return object(reply).getJsonArray(field);
    }
}
