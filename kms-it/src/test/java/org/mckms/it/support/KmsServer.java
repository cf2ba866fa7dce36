package org.mckms.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server of the real distribution with the real EAR, as a process of its own. It has its own base directory inside its
 * home, so that several can run at a time and the built server stays untouched.
 */
public final class KmsServer implements AutoCloseable {
    private static final Path WILDFLY = Path.of(System.getProperty("jboss.home"));
    private static final Path EAR = WILDFLY.resolveSibling("kms.ear");
    private static final Duration START_LIMIT = Duration.ofSeconds(180);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final HttpClient PROBE =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final KmsHome home;
    private final Process script;
    private final Path output;

    private KmsServer(KmsHome home, Process script, Path output) {
        this.home = home;
        this.script = script;
        this.output = output;
    }

    /** Starts a server and returns at once. */
    public static KmsServer launch(KmsHome home) {
        return launch(home, Map.of());
    }

    /**
     * Starts a server and returns at once.
     *
     * @param environment added to the environment of the process
     */
    public static KmsServer launch(KmsHome home, Map<String, String> environment) {
        Path output = home.dir().resolve("log/console.log");
        Path base = home.dir().resolve("server");
        try {
            if (!Files.isDirectory(base)) {
                KmsHome.copy(WILDFLY.resolve("standalone/configuration"), base.resolve("configuration"));
                Files.createDirectories(base.resolve("deployments"));
                Files.copy(EAR, base.resolve("deployments/kms.ear"), StandardCopyOption.REPLACE_EXISTING);
            }
            for (String outcome : List.of("deployed", "failed", "isdeploying", "undeployed")) {
                Files.deleteIfExists(base.resolve("deployments/kms.ear." + outcome));
            }
            ProcessBuilder builder = new ProcessBuilder(command(home, base))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment()
                    .put(
                            "JAVA_OPTS",
                            "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true");
            builder.environment()
                    .put(
                            "SOFTHSM2_CONF",
                            home.dir().resolve("hsm/softhsm2.conf").toString());
            builder.environment().putAll(environment);
            return new KmsServer(home, builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the server of " + home.dir(), e);
        }
    }

    private static List<String> command(KmsHome home, Path base) {
        return List.of(
                WILDFLY.resolve("bin/standalone.sh").toString(),
                "-c",
                "standalone-kms.xml",
                "-P",
                home.dir().resolve("server.properties").toString(),
                "-Djboss.server.base.dir=" + base,
                "-Djboss.server.log.dir=" + home.dir().resolve("log"));
    }

    public KmsHome home() {
        return home;
    }

    /** Waits until the application is deployed and alive; it need not be ready. */
    public KmsServer awaitLive() {
        Await.that("the server of " + home.dir() + " is alive, see " + output, START_LIMIT, () -> {
            if (!script.isAlive()) {
                throw new AssertionError("the server of " + home.dir() + " ended: " + console());
            }
            return deployed() && probe("live").status() == 200;
        });
        return this;
    }

    /** Waits until key requests are answered. */
    public KmsServer awaitReady() {
        awaitLive();
        Await.that(
                "the server of " + home.dir() + " is ready",
                START_LIMIT,
                () -> probe("ready").status() == 200);
        return this;
    }

    /** Waits until the deployment has ended, well or not, and says whether it failed. */
    public boolean awaitDeploymentFailed() {
        return Await.value("the deployment of " + home.dir() + " has ended", START_LIMIT, () -> {
            if (Files.exists(marker("failed"))) {
                return Optional.of(true);
            }
            return deployed() ? Optional.of(false) : Optional.empty();
        });
    }

    private boolean deployed() {
        return Files.exists(marker("deployed"));
    }

    private Path marker(String outcome) {
        return home.dir().resolve("server/deployments/kms.ear." + outcome);
    }

    /** The answer of a health probe: {@code live}, {@code ready} or {@code started}; status 0 if there is none. */
    public Reply probe(String kind) {
        URI uri = URI.create("http://127.0.0.1:" + home.managementPort() + "/health/" + kind);
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
        try {
            HttpResponse<byte[]> response = PROBE.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            return new Reply(0, Map.of(), new byte[0]);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** All that the server has written to its console. */
    public String console() {
        return KmsHome.read(output);
    }

    /** Ends the server as {@code kill -9} does, without a chance to finish anything. */
    public void kill() {
        List<ProcessHandle> processes = processes();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(KmsServer::awaitExit);
    }

    /** Ends the server in order. */
    @Override
    public void close() {
        List<ProcessHandle> processes = processes();
        List<ProcessHandle> servers = processes.size() > 1 ? processes.subList(1, processes.size()) : processes;
        servers.forEach(ProcessHandle::destroy);
        processes.forEach(KmsServer::awaitExit);
    }

    /** The start script first, then the server that it has started. */
    private List<ProcessHandle> processes() {
        List<ProcessHandle> all = new ArrayList<>();
        all.add(script.toHandle());
        script.descendants().forEach(all::add);
        return all;
    }

    private static void awaitExit(ProcessHandle process) {
        try {
            process.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (ExecutionException e) {
            throw new AssertionError("cannot wait for process " + process.pid(), e);
        }
    }
}
