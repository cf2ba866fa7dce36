package org.mckms.benchmarks.load;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.mckms.protocol.sealed.Opener;
import org.mckms.protocol.sealed.RegistrationFile;
import org.mckms.protocol.sealed.RegistrationFiles;
import org.mckms.protocol.security.ClientKeys;

/** What operators of the home do for an MC server, and see of content encryption keys. */
final class CekOperators {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String root;
    private final HttpClient officer;
    private final HttpClient otherOfficer;
    private final HttpClient operator;

    CekOperators(Path home, int adminPort) throws IOException, GeneralSecurityException {
        this.root = "https://localhost:" + adminPort + "/admin/v1";
        this.officer = client(LoadTls.operator(home, "officer"));
        this.otherOfficer = client(LoadTls.operator(home, "officer2"));
        this.operator = client(LoadTls.operator(home, "operator"));
    }

    private static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .connectTimeout(LIMIT)
                .build();
    }

    /** Registers the device of a server, which takes two officers. */
    ClientKeys register(String serverUri) throws IOException, InterruptedException {
        String reason = "measurement";
        post(
                officer,
                "/client-keys/request",
                Json.createObjectBuilder().add("owner", serverUri).add("reason", reason));
        String passphrase = UUID.randomUUID().toString();
        byte[] file = post(
                otherOfficer,
                "/client-keys/approve",
                Json.createObjectBuilder()
                        .add("owner", serverUri)
                        .add("passphrase", passphrase)
                        .add("validFor", "P1D")
                        .add("reason", reason));
        try (Opener opener = Opener.passphrase(passphrase.toCharArray());
                RegistrationFile opened = RegistrationFiles.open(file, opener, Optional.empty(), Instant.now())) {
            return opened.keys().copy();
        }
    }

    private byte[] post(HttpClient who, String path, JsonObjectBuilder order) throws IOException, InterruptedException {
        return send(
                who,
                HttpRequest.newBuilder(URI.create(root + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(order.build().toString(), StandardCharsets.UTF_8)));
    }

    private static byte[] send(HttpClient who, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = who.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.uri() + " was answered with " + answer.statusCode() + ": "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer.body();
    }

    private JsonObject get(String path) throws IOException, InterruptedException {
        byte[] body = send(operator, HttpRequest.newBuilder(URI.create(root + path)));
        try (JsonReader in = Json.createReader(new ByteArrayInputStream(body))) {
            return in.readObject();
        }
    }

    /** Deliveries that have not arrived, dead ones included. */
    long deliveries() throws IOException, InterruptedException {
        return sum(get("/deliveries?limit=1").getJsonObject("counts"), "waiting", "underWay", "dead");
    }

    /** Rows of keys, those that have ended included. */
    long keys() throws IOException, InterruptedException {
        JsonObject counts = get("/ceks?limit=1").getJsonObject("counts");
        return sum(counts, counts.keySet().toArray(String[]::new));
    }

    private static long sum(JsonObject counts, String... names) {
        long sum = 0;
        for (String name : names) {
            sum += counts.getJsonNumber(name).longValue();
        }
        return sum;
    }
}
