package org.mckms.it.support;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A running KMS whose server is a group management server too, enrolled and with keys, and the face of its managers. */
public final class Gms implements AutoCloseable {
    private static final String ROOT = "/groupmanagement/v1";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String JSON = "application/json";

    private final Kms kms;
    private final HttpClient http;

    private Gms(Kms kms) {
        this.kms = kms;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Tls.context(kms.home().trust(), Optional.empty()))
                .connectTimeout(LIMIT)
                .build();
    }

    /** Makes a home, starts its server, holds the ceremony, and enrols the GMS. */
    public static Gms start(String name) {
        return start(name, Map.of());
    }

    /** The same with settings of its own. */
    public static Gms start(String name, Map<String, String> settings) {
        KmsHome home = KmsHome.makeWithGms(name);
        home.set(settings);
        return start(home, Map.of("origin", "derived"));
    }

    /** Starts the server of a home that has a GMS, holds the ceremony by the given order, and enrols the GMS. */
    public static Gms start(KmsHome home, Map<String, ?> epoch) {
        return enrolled(Kms.start(home, epoch));
    }

    /** Enrols the GMS of a server whose home was made with one. */
    public static Gms enrolled(Kms kms) {
        Gms gms = new Gms(kms);
        try {
            gms.enrol();
            return gms;
        } catch (RuntimeException | AssertionError e) {
            gms.close();
            throw e;
        }
    }

    /** The GMS of a server that was started again. */
    public static Gms of(Kms kms) {
        return new Gms(kms);
    }

    /** The GMS takes what it is given within moments; until then it has no keys to make messages with. */
    private void enrol() {
        Kmsctl.Outcome outcome = new Kmsctl(kms.home(), kms.home().dir()).run("gms", "enrol");
        if (outcome.exitCode() != 0) {
            throw new AssertionError("the GMS was not enrolled: " + outcome.errors());
        }
        String group = "sip:first@" + uri().substring(uri().indexOf('@') + 1);
        AdminFace.object(post("/groups", Map.of("uri", group, "service", "mcptt", "members", List.of(dispatcher()))));
        Await.that("the GMS makes messages", LIMIT, () -> {
            Reply keys =
                    send(to("/gktps/" + Csc.encoded(group), dispatcher()).GET().build());
            return keys.status() == 200 && keys.text().contains("<GKTP ");
        });
    }

    public Kms kms() {
        return kms;
    }

    /** URI of the GMS. */
    public String uri() {
        return kms.home().setting("gms.uri");
    }

    /** Who may make groups here. */
    public String dispatcher() {
        return kms.home().setting("gms.managers").split(",")[0];
    }

    /** A token for the keys and groups of an identity, good for five minutes. */
    public String token(String user) {
        return kms.idm()
                .signed(kms.idm()
                        .claims(user)
                        .claim("scope", GroupMemberDevice.SCOPES)
                        .build());
    }

    /** A request of an identity to be completed by the caller; the path begins below the root of group management. */
    public HttpRequest.Builder to(String path, String user) {
        return HttpRequest.newBuilder(
                        URI.create("https://localhost:" + kms.home().kmsPort() + ROOT + path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token(user));
    }

    public Reply send(HttpRequest request) {
        return Csc.send(http, request);
    }

    /** Asks as the dispatcher. */
    public Reply get(String path) {
        return send(to(path, dispatcher()).GET().build());
    }

    /** Orders as the dispatcher. */
    public Reply post(String path, Map<String, ?> body) {
        return send(to(path, dispatcher())
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofString(
                        Json.createObjectBuilder(body).build().toString(), StandardCharsets.UTF_8))
                .build());
    }

    /** Deletes as the dispatcher. */
    public Reply delete(String path) {
        return send(to(path, dispatcher()).DELETE().build());
    }

    /** Waits for the job that an order began, if it began one; gives the answer to the order. */
    public JsonObject finished(Reply order) {
        JsonObject answer = AdminFace.object(order);
        if (answer.containsKey("id") && answer.containsKey("kind")) {
            Await.that("the job has ended", LIMIT, () -> AdminFace.object(get("/jobs/" + answer.getString("id")))
                    .getString("state")
                    .equals("FINISHED"));
        }
        return answer;
    }

    /** The path of a group. */
    public static String group(String uri) {
        return "/groups/" + Csc.encoded(uri);
    }

    @Override
    public void close() {
        kms.close();
    }
}
