package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.BundleUsers;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer;
import org.mckms.it.support.Reply;

/**
 * Measures a large bundle job on the real server and writes what it saw into {@code target/bundle-measurement.txt}. Not part
 * of a build; run with {@code -Dit.test=BundleJobMeasurement -Dkms.it.bundle-users=10000 -Dkms.it.bundle-periods=1}.
 */
class BundleJobMeasurement {
    private static final int USERS = Integer.getInteger("kms.it.bundle-users", 1000);
    private static final int PERIODS = Integer.getInteger("kms.it.bundle-periods", 1);
    private static final Duration LIMIT = Duration.ofHours(3);

    @Test
    void measure() throws IOException, InterruptedException {
        KmsHome home = KmsHome.make("measured");
        Path gc = home.dir().resolve("log/gc.log");
        KmsServer.Variant variant = KmsServer.Variant.AS_BUILT.withEnvironment(
                "JAVA_OPTS",
                "-Xms512m -Xmx512m -XX:+UseParallelGC -Djava.net.preferIPv4Stack=true -Xlog:gc:file=" + gc);
        try (Kms kms = Kms.start(home, Map.of("origin", "derived"), variant)) {
            List<String> users = BundleUsers.of("measured-", USERS);
            Instant start = Instant.now();
            register(kms, users);
            Instant registered = Instant.now();
            String job = start(kms, users);
            Instant listed = Instant.now();
            Duration before = processorTime();
            awaitEnd(kms, job);
            Instant made = Instant.now();
            Duration used = processorTime().minus(before);
            Reply archive = kms.officer().get("/bundle-jobs/" + job + "/archive");
            Instant fetched = Instant.now();
            assertThat(show(kms, job).getInt("done")).isEqualTo(USERS);

            String report = "users " + USERS + ", periods " + PERIODS + "\n"
                    + "keys imported in " + Duration.between(start, registered) + "\n"
                    + "list taken in " + Duration.between(registered, listed) + "\n"
                    + "bundles made in " + Duration.between(listed, made) + ", "
                    + USERS * 1000.0 / Duration.between(listed, made).toMillis()
                    + " per second; processor time of the server "
                    + used.toMillis() / (double) USERS + " ms per bundle\n"
                    + "archive of " + archive.body().length + " octets fetched in "
                    + Duration.between(made, fetched) + "\n"
                    + "heap after full collections, at most: " + largestHeap(gc) + " MiB\n";
            Files.writeString(Path.of(System.getProperty("kms.it.work")).resolve("bundle-measurement.txt"), report);
        }
    }

    private static void register(Kms kms, List<String> users) throws InterruptedException {
        ExecutorService officers = Executors.newFixedThreadPool(4);
        AdminFace face = kms.officer();
        users.forEach(user -> officers.execute(() -> BundleUsers.importKeys(face, user)));
        officers.shutdown();
        assertThat(officers.awaitTermination(LIMIT.toMinutes(), TimeUnit.MINUTES))
                .isTrue();
    }

    private static String start(Kms kms, List<String> users) {
        Instant last = Instant.now().plus(Duration.ofDays(30L * (PERIODS - 1)));
        return AdminFace.object(
                        kms.officer().postList("/bundle-jobs?reason=measurement&to=" + last, String.join("\n", users)))
                .getString("id");
    }

    /** Looks every few seconds: each look counts all items. */
    private static void awaitEnd(Kms kms, String job) {
        AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);
        Await.that("the job is finished", LIMIT, () -> {
            if (Instant.now().isBefore(next.get())) {
                return false;
            }
            next.set(Instant.now().plusSeconds(2));
            return show(kms, job).getString("state").equals("FINISHED");
        });
    }

    private static JsonObject show(Kms kms, String job) {
        return AdminFace.object(kms.officer().get("/bundle-jobs/" + job));
    }

    /** Of the processes that the tests have started, which is the server. */
    private static Duration processorTime() {
        return ProcessHandle.current()
                .descendants()
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Of lines such as {@code GC(7) Pause Full (Ergonomics) 491M->132M(499M) 477.497ms}: the largest 132. */
    private static int largestHeap(Path gc) throws IOException {
        return Files.readAllLines(gc).stream()
                .filter(line -> line.matches(".*Pause Full.*\\d+M->\\d+M\\(\\d+M\\).*"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll(".*\\d+M->(\\d+)M\\(\\d+M\\).*", "$1")))
                .max()
                .orElse(0);
    }
}
