package org.mckms.client;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.mckms.client.KmsRefusedException.Refusal;

/**
 * Speaks with the operators' face of the KMS, {@code /admin/v1} (JSON). The endpoint carries the certificate of an
 * operator; what it may do is decided by the server. Throws {@link KmsRefusedException} when the server refuses,
 * {@link KmsUnreachableException} when no answer comes in time and {@link KmsAnswerException} when the answer is not one.
 * Safe for use by several threads.
 */
public final class AdminClient {
    private static final String ROOT = "/admin/v1";
    private static final String JSON = "application/json";
    private static final int MAX_ANSWER_OCTETS = 16 * 1024 * 1024;
    private static final int MAX_ERROR_OCTETS = 64 * 1024;

    private final HttpsExchange https;
    private final TimeLimits limits;

    /** @param endpoint with an own certificate, that of the operator */
    public AdminClient(ServerEndpoint endpoint) {
        if (!endpoint.tls().hasOwnCertificate()) {
            throw new ClientSetupException("an operator needs a certificate");
        }
        this.https = new HttpsExchange(endpoint);
        this.limits = endpoint.limits();
    }

    /** State of the server: vault, token, epoch, database, and why it is not ready if it is not. */
    public JsonObject status() {
        return get("/status").asJsonObject();
    }

    /**
     * Activates the vault with the PIN of the token. One attempt: a wrong PIN leaves the vault inactive.
     *
     * @param pin not kept; the caller wipes it
     */
    public JsonObject activate(char[] pin) {
        try (SecretJson body = new SecretJson().put("pin", pin)) {
            return postSecret("/vault/activate", body);
        }
    }

    public JsonObject deactivate(String reason) {
        return post(
                "/vault/deactivate",
                Json.createObjectBuilder().add("reason", reason).build());
    }

    /** Makes the store keys on a fresh token. */
    public JsonObject prepareToken() {
        return post("/ceremony/token", JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Makes an epoch; on a fresh token the store keys too. The masters of the order are not closed. */
    public JsonObject createEpoch(EpochOrder order) {
        try (SecretJson body = new SecretJson()) {
            body.put("origin", order.masters().isPresent() ? "imported" : "derived")
                    .put("purpose", order.purpose().name().toLowerCase(Locale.ROOT))
                    .put("certUri", order.certUri())
                    .put("validFrom", order.validFrom().toString())
                    .put("validTo", order.validTo().toString())
                    .put("userKeyPeriod", order.userKeyPeriodSeconds())
                    .put("userKeyOffset", order.userKeyOffsetSeconds());
            order.masters()
                    .ifPresent(masters ->
                            masters.use((ksak, zT) -> body.putUtf8("ksak", ksak).putUtf8("zT", zT)));
            return postSecret("/ceremony/epochs", body);
        }
    }

    public JsonStructure epochs() {
        return get("/epochs");
    }

    /** Retires an epoch for good: its keys on the token are destroyed. */
    public JsonObject retireEpoch(String epochId) {
        return post("/epochs/" + PathSegment.encode(epochId) + "/retire", JsonValue.EMPTY_JSON_OBJECT);
    }

    public JsonStructure certificates() {
        return get("/certificates");
    }

    /** @param after URI of the last identity already seen; the list goes on behind it */
    public JsonStructure identities(Optional<String> after, int limit) {
        return get("/identities?limit=" + limit
                + after.map(uri -> "&after=" + PathSegment.encode(uri)).orElse(""));
    }

    public JsonObject identity(String uri) {
        return get("/identities/show?uri=" + PathSegment.encode(uri)).asJsonObject();
    }

    public JsonObject block(String uri, String reason) {
        return post("/identities/block", withReason(uri, reason));
    }

    public JsonObject unblock(String uri, String reason) {
        return post("/identities/unblock", withReason(uri, reason));
    }

    public JsonObject setPolicy(String uri, ClientPolicy policy) {
        return post(
                "/identities/policy",
                Json.createObjectBuilder()
                        .add("uri", uri)
                        .add("periodsServed", policy.periodsServed().name())
                        .add("identityEncoding", policy.identityEncoding().name())
                        .add("userIdForm", policy.userIdForm().name())
                        .build());
    }

    /** Forces a new SSK and PVT for an identity; takes effect when a second officer asks for the same. */
    public JsonObject advanceIssue(String uri, String reason) {
        return post("/identities/advance-issue", withReason(uri, reason));
    }

    /** @param after position of the last record already seen, as the list gave it */
    public JsonStructure auditRecords(Optional<String> after, int limit, Optional<String> event) {
        return get("/audit?limit=" + limit
                + after.map(position -> "&after=" + PathSegment.encode(position))
                        .orElse("")
                + event.map(name -> "&event=" + PathSegment.encode(name)).orElse(""));
    }

    /**
     * Lets the server verify its own audit trail.
     *
     * @param limit of the whole exchange; the work grows with the trail, which the usual limit of an answer does not fit
     */
    public JsonObject verifyAudit(Duration limit) {
        return postOctets("/audit/verify", octets(JsonValue.EMPTY_JSON_OBJECT), limit);
    }

    /**
     * Writes all audit records to a file, one JSON object per line. The file is new and its owner's only; as with every
     * download, the limit of an answer is that of each part of it.
     */
    public void exportAudit(Path file) {
        download("/audit/export", file);
    }

    /** Writes all audit checkpoints to a file, one JSON object per line. */
    public void exportCheckpoints(Path file) {
        download("/audit/checkpoints", file);
    }

    /** Writes the certificate with which checkpoints are verified to a PEM file. */
    public void exportAuditCertificate(Path file) {
        download("/audit/certificate", file);
    }

    private static JsonObject withReason(String uri, String reason) {
        return Json.createObjectBuilder().add("uri", uri).add("reason", reason).build();
    }

    private JsonStructure get(String path) {
        return parse(https.send(request(path, JSON).GET().build(), MAX_ANSWER_OCTETS));
    }

    private JsonObject post(String path, JsonObject body) {
        return postOctets(path, octets(body), limits.answer());
    }

    private JsonObject postSecret(String path, SecretJson body) {
        byte[] octets = body.toOctets();
        try {
            return postOctets(path, octets, limits.answer());
        } finally {
            Arrays.fill(octets, (byte) 0);
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
        HttpsExchange.Answer answer = https.send(request, MAX_ANSWER_OCTETS, limit);
        if (answer.isSuccess() && answer.body().length == 0) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        if (parse(answer) instanceof JsonObject object) {
            return object;
        }
        throw new KmsAnswerException("the answer is not a JSON object");
    }

    private HttpRequest.Builder request(String path, String accept) {
        return https.request(ROOT + path).header("Accept", accept);
    }

    private void download(String path, Path file) {
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
            throw new KmsRefusedException(response.statusCode(), refusal(response.body()));
        }
    }

    private static JsonStructure parse(HttpsExchange.Answer answer) {
        if (!answer.isSuccess()) {
            throw new KmsRefusedException(answer.status(), refusal(answer.body()));
        }
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(answer.body()))) {
            return reader.read();
        } catch (JsonException e) {
            throw new KmsAnswerException("the answer is not JSON: " + e.getMessage(), e);
        }
    }

    private static Refusal refusal(byte[] body) {
        if (body.length == 0) {
            return Refusal.ofText("no reason given");
        }
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
            if (reader.readObject().get("error") instanceof JsonObject error) {
                return new Refusal(
                        error.get("code") instanceof JsonNumber code
                                ? OptionalInt.of(code.intValue())
                                : OptionalInt.empty(),
                        text(error, "name"),
                        text(error, "message").orElse("no reason given"),
                        text(error, "requestId"));
            }
        } catch (JsonException e) {
            return Refusal.ofText("the answer is not JSON");
        }
        return Refusal.ofText("the answer is not an error of the operators' face");
    }

    private static Optional<String> text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }
}
