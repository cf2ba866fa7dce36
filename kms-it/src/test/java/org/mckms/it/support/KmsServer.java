package org.mckms.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
    /** The application as it was built. */
    public static final Path EAR = WILDFLY.resolveSibling("kms.ear");

    private static final String JVM_OPTIONS = "-Xmx512m -XX:+UseSerialGC -Djava.net.preferIPv4Stack=true";
    /** Starts sooner, and has no use of vectors. */
    private static final String FIRST_COMPILER_ONLY = " -XX:TieredStopAtLevel=1";

    private static final String VECTOR_MODULE = "jdk.incubator.vector";
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

    /**
     * What may differ from server to server.
     *
     * @param ear         the application
     * @param environment added to the environment of the process
     * @param properties  system properties of the server
     */
    public record Variant(Path ear, Map<String, String> environment, Map<String, String> properties) {
        /** The application as it was built, with nothing added. */
        public static final Variant AS_BUILT = new Variant(EAR, Map.of(), Map.of());

        /** As a server for real use is started: with all of the compiler, and with vectors where the JDK has them. */
        public Variant asInOperation() {
            Map<String, String> added = new HashMap<>(environment);
            added.put("JAVA_OPTS", JVM_OPTIONS);
            if (ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent()) {
                added.put("JDK_JAVA_OPTIONS", "--add-modules=" + VECTOR_MODULE);
            }
            return new Variant(ear, Map.copyOf(added), properties);
        }

        public Variant withEnvironment(String name, String value) {
            return withEnvironment(Map.of(name, value));
        }

        /** Adds to the environment. */
        public Variant withEnvironment(Map<String, String> more) {
            Map<String, String> added = new HashMap<>(environment);
            added.putAll(more);
            return new Variant(ear, Map.copyOf(added), properties);
        }
    }

    /** Starts a server as it was built and returns at once. */
    public static KmsServer launch(KmsHome home) {
        return launch(home, Variant.AS_BUILT);
    }

    /** Starts a server and returns at once. */
    public static KmsServer launch(KmsHome home, Variant variant) {
        Path output = home.dir().resolve("log/console.log");
        Path base = home.dir().resolve("server");
        try {
            deploy(variant.ear(), base);
            ProcessBuilder builder = new ProcessBuilder(command(home, base, variant))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            Map<String, String> environment = builder.environment();
            environment.put("JAVA_HOME", System.getProperty("java.home"));
            environment.put("JAVA_OPTS", JVM_OPTIONS + FIRST_COMPILER_ONLY);
            environment.put(
                    "SOFTHSM2_CONF", home.dir().resolve("hsm/softhsm2.conf").toString());
            environment.putAll(variant.environment());
            return new KmsServer(home, builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the server of " + home.dir(), e);
        }
    }

    /** Lays out the base directory; what a former start has left of its deployment is taken away. */
    private static void deploy(Path ear, Path base) throws IOException {
        Path deployments = base.resolve("deployments");
        if (!Files.isDirectory(base)) {
            KmsHome.copy(WILDFLY.resolve("standalone/configuration"), base.resolve("configuration"));
        }
        KmsHome.delete(deployments);
        Files.createDirectories(deployments);
        Files.copy(ear, deployments.resolve("kms.ear"));
    }

    private static List<String> command(KmsHome home, Path base, Variant variant) {
        List<String> command = new ArrayList<>(List.of(
                WILDFLY.resolve("bin/standalone.sh").toString(),
                "-c",
                "standalone-kms.xml",
                "-P",
                home.dir().resolve("server.properties").toString(),
                "-Djboss.server.base.dir=" + base,
                "-Djboss.server.log.dir=" + home.dir().resolve("log")));
        variant.properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        return command;
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
            if (Files.exists(marker("failed"))) {
                throw new AssertionError("the application does not deploy: " + KmsHome.read(marker("failed")));
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
