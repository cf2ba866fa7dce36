package org.mckms.benchmarks.load;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A manager of groups, over one connection with keep-alive. */
final class GroupManager implements AutoCloseable {
    static final String ROOT = "/groupmanagement/v1";

    private static final long POLL_MILLIS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final long LIMIT_NANOS = PATIENCE.toNanos();
    private static final int NOT_READY = 503;

    private final KeptConnection connection;
    private final int port;
    private final String token;

    GroupManager(SSLContext tls, int port, String token) throws IOException {
        this.connection = new KeptConnection(tls, port, PATIENCE);
        this.port = port;
        this.token = token;
    }

    /** Waits until the GMS has its own keys, by making a first group. */
    void makeFirst(String uri, String member) throws IOException, InterruptedException {
        JsonObject order = Json.createObjectBuilder()
                .add("uri", uri)
                .add("service", "mcptt")
                .add("members", Json.createArrayBuilder().add(member))
                .build();
        long begin = System.nanoTime();
        KeptConnection.Answer answer = call("POST", "/groups", order);
        while (answer.status() == NOT_READY && System.nanoTime() - begin < LIMIT_NANOS) {
            TimeUnit.MILLISECONDS.sleep(5 * POLL_MILLIS);
            answer = call("POST", "/groups", order);
        }
        expect(201, answer, "POST /groups");
    }

    /** A group without members. */
    void make(String uri, List<String> uses) throws IOException {
        JsonObject order = Json.createObjectBuilder()
                .add("uri", uri)
                .add("service", "mcptt")
                .add("uses", Json.createArrayBuilder(uses))
                .build();
        expect(201, call("POST", "/groups", order), "POST /groups");
    }

    /** Up to 1,000 members, and their messages. */
    void join(String uri, List<String> members) throws IOException, InterruptedException {
        JsonArrayBuilder list = Json.createArrayBuilder(members);
        JsonObject order = Json.createObjectBuilder().add("members", list).build();
        finish(json(expect(202, call("POST", "/groups/" + segment(uri) + "/members", order), "POST members")));
    }

    /** Renews the keys of all members; returns the job when it has ended. */
    JsonObject rekey(String uri) throws IOException, InterruptedException {
        JsonObject empty = Json.createObjectBuilder().build();
        return finish(json(expect(202, call("POST", "/groups/" + segment(uri) + "/rekey", empty), "POST rekey")));
    }

    private JsonObject finish(JsonObject started) throws IOException, InterruptedException {
        String path = "/jobs/" + started.getString("id");
        long begin = System.nanoTime();
        JsonObject job = started;
        while (job.getString("state").equals("RUNNING")) {
            if (System.nanoTime() - begin > LIMIT_NANOS) {
                throw new IOException("the job has not ended: " + job);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            job = get(path);
        }
        if (!job.getString("state").equals("FINISHED")
                || job.getInt("done") != job.getInt("total")
                || job.getInt("waiting") != 0) {
            throw new IOException("the job has not made all messages: " + job);
        }
        return job;
    }

    /** Messages of the group's newest keys that are ready to be fetched. */
    long ready(String uri) throws IOException {
        long ready = 0;
        String next = "";
        do {
            JsonObject page = get("/groups/" + segment(uri) + "/members?limit=500" + next);
            ready += page.getJsonArray("members").getValuesAs(JsonObject.class).stream()
                    .flatMap(member -> member.getJsonArray("keys").getValuesAs(JsonObject.class).stream())
                    .filter(key -> key.getString("state").equals("PENDING"))
                    .count();
            next = page.isNull("next") ? "" : "&after=" + page.getInt("next");
        } while (!next.isEmpty());
        return ready;
    }

    JsonObject group(String uri) throws IOException {
        return get("/groups/" + segment(uri));
    }

    private JsonObject get(String path) throws IOException {
        return json(expect(200, connection.exchange(request("GET", path, port, token, "")), "GET " + path));
    }

    private KeptConnection.Answer call(String method, String path, JsonObject body) throws IOException {
        return connection.exchange(request(method, path, port, token, body.toString()));
    }

    /** A request in HTTP, with a JSON body unless it is empty. */
    static byte[] request(String method, String path, int port, String token, String body) {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + ROOT + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nAuthorization: Bearer "
                + token + "\r\n"
                + (octets.length == 0
                        ? ""
                        : "Content-Type: application/json\r\nContent-Length: " + octets.length + "\r\n")
                + "\r\n";
        byte[] ascii = head.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[ascii.length + octets.length];
        System.arraycopy(ascii, 0, whole, 0, ascii.length);
        System.arraycopy(octets, 0, whole, ascii.length, octets.length);
        return whole;
    }

    static String segment(String uri) {
        return URLEncoder.encode(uri, StandardCharsets.UTF_8);
    }

    private static KeptConnection.Answer expect(int status, KeptConnection.Answer answer, String what)
            throws IOException {
        if (answer.status() != status) {
            throw new IOException(what + " was answered with " + answer.status() + ": "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer;
    }

    private static JsonObject json(KeptConnection.Answer answer) {
        try (JsonReader in = Json.createReader(new ByteArrayInputStream(answer.body()))) {
            return in.readObject();
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
