package org.mckms.benchmarks.load;

import jakarta.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.mckms.protocol.security.NamedKey;

/** Registers clients by importing keys for them, as an officer of a development home may. */
final class Registration {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http;
    private final URI importing;
    private final TestIdm idm;
    private final SecureRandom random = new SecureRandom();

    Registration(Path home, int adminPort, TestIdm idm) throws IOException, GeneralSecurityException {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(LoadTls.operator(home, "officer"))
                .connectTimeout(LIMIT)
                .build();
        this.importing = URI.create("https://localhost:" + adminPort + "/admin/v1/client-keys/import");
        this.idm = idm;
    }

    /** Registers so many clients; those of an earlier run get new keys. */
    List<Device> register(int count) throws IOException, InterruptedException, GeneralSecurityException {
        List<Device> devices = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            devices.add(register("sip:load-" + i + "@example.org"));
        }
        return devices;
    }

    private Device register(String userUri) throws IOException, InterruptedException, GeneralSecurityException {
        byte[] transportKey = newKey();
        byte[] integrityKey = newKey();
        String transportKeyName = "tk.1." + userUri;
        String integrityKeyName = "ink.1." + userUri;
        String order = Json.createObjectBuilder()
                .add("owner", userUri)
                .add("validFor", "P1D")
                .add("reason", "load test")
                .add("transportKeyName", transportKeyName)
                .add("transportKey", HexFormat.of().formatHex(transportKey))
                .add("integrityKeyName", integrityKeyName)
                .add("integrityKey", HexFormat.of().formatHex(integrityKey))
                .build()
                .toString();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(importing)
                        .timeout(LIMIT)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(order))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the import of keys was answered with " + answer.statusCode() + ": " + answer.body());
        }
        return new Device(
                userUri,
                idm.token(userUri),
                NamedKey.takeFrom(transportKeyName, transportKey),
                NamedKey.takeFrom(integrityKeyName, integrityKey));
    }

    private byte[] newKey() {
        byte[] key = new byte[NamedKey.KEY_OCTETS];
        random.nextBytes(key);
        return key;
    }
}
