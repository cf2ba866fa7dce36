package org.mckms.it.support;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The group management face as seen by one caller; paths are sent as they are given. */
public final class GroupFace {
    /** Where all resources lie. */
    public static final String ROOT = "/groupmanagement/v1";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http;
    private final String base;
    private final Supplier<String> token;

    /** @param credential the caller's certificate, if it is a server */
    public GroupFace(KmsHome home, Optional<Tls.Credential> credential, Supplier<String> token) {
        this.base = "https://localhost:" + home.kmsPort() + ROOT;
        this.token = token;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Tls.context(home.trust(), credential))
                .connectTimeout(LIMIT)
                .build();
    }

    /** The face for a user. */
    public static GroupFace of(Kms kms, String user) {
        return new GroupFace(kms.home(), Optional.empty(), () -> kms.idm()
                .signed(kms.idm()
                        .claims(user)
                        .claim("scope", GroupMemberDevice.SCOPES)
                        .build()));
    }

    public Reply get(String resource) {
        return send(to(resource).GET());
    }

    public Reply delete(String resource) {
        return send(to(resource).DELETE());
    }

    public Reply post(String resource, Map<String, ?> json) {
        return send(to(resource)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        Json.createObjectBuilder(json).build().toString())));
    }

    public Reply put(String resource, String type, String body) {
        return send(to(resource).header("Content-Type", type).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Posts an XML document. */
    public Reply post(String resource, byte[] xml) {
        return send(to(resource)
                .header("Content-Type", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofByteArray(xml)));
    }

    /** A request to be completed by the caller: address and token are set. */
    public HttpRequest.Builder to(String resource) {
        return HttpRequest.newBuilder(URI.create(base + resource))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token.get());
    }

    public Reply send(HttpRequest.Builder request) {
        return Csc.send(http, request.build());
    }

    /** Path of a group. */
    public static String group(String uri) {
        return "/groups/" + Csc.encoded(uri);
    }

    /** The JSON object of an answer that must have this status. */
    public static JsonObject json(Reply reply, int status) {
        if (reply.status() != status) {
            throw new AssertionError("not " + status + " but " + reply);
        }
        return Json.createReader(new StringReader(new String(reply.body(), StandardCharsets.UTF_8)))
                .readObject();
    }
}
