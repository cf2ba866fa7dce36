package org.mckms.it.support;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;

/** The heap of a server that runs {@link ProbeApplication}. */
public final class HeapOfServer {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private HeapOfServer() {}

    /** Has the server hold a key in a form, and in no other. */
    public static void plant(Kms kms, HeapSearch.Form form, byte[] key) {
        byte[] masked = key.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= HeapProbe.MASK;
        }
        send(kms, to(kms, "form=" + form).POST(BodyPublishers.ofByteArray(masked)));
    }

    /** Has the server collect its garbage and write what lives into a new file, whose name ends with {@code .hprof}. */
    public static void dump(Kms kms, Path file) {
        send(kms, to(kms, "file=" + Csc.encoded(file.toString())).GET());
    }

    private static HttpRequest.Builder to(Kms kms, String query) {
        return HttpRequest.newBuilder(
                        URI.create("https://localhost:" + kms.home().kmsPort() + "/probe/heap?" + query))
                .timeout(LIMIT);
    }

    private static void send(Kms kms, HttpRequest.Builder request) {
        Reply reply = kms.csc().send(request.build());
        if (reply.status() != 204) {
            throw new AssertionError("the probe answered " + reply.status() + ": " + reply.text());
        }
    }
}
