package org.mckms.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the test's own: a cluster in a folder of its own, on a free port of the loopback interface. The server
 * refuses to run as root, so that root runs it as the user {@code postgres}.
 */
public final class PostgresCluster implements AutoCloseable {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String USER = "kms";
    private static final String DATABASE = "kms";
    private static final String PASSWORD = UUID.randomUUID().toString();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path dir;
    private final Path log;
    private final int port;
    private Process server;

    private PostgresCluster(Path dir, Path log, int port) {
        this.dir = dir;
        this.log = log;
        this.port = port;
    }

    /** Makes a cluster and starts it. */
    public static PostgresCluster start(Path logFolder) {
        Path dir = Path.of(Tool.run(LIMIT, asPostgres("mktemp", "-d", "/tmp/kms-postgres-XXXXXX"))
                .trim());
        PostgresCluster cluster = new PostgresCluster(
                dir, logFolder.resolve("postgres.log"), Ports.free(1).get(0));
        cluster.initialise();
        cluster.restart();
        Tool.run(LIMIT, password(), cluster.psql("postgres", "CREATE DATABASE " + DATABASE));
        return cluster;
    }

    /** For the process of a server that is to use this database. */
    public Map<String, String> environment() {
        return Map.of(
                "KMS_DB_DRIVER",
                "postgresql",
                "KMS_DB_URL",
                "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE,
                "KMS_DB_USER",
                USER,
                "KMS_DB_PASSWORD",
                PASSWORD);
    }

    /** Runs a statement as the owner of the database, as whoever has broken into it could; returns what it answers. */
    public String sql(String statement) {
        return Tool.run(LIMIT, password(), psql(DATABASE, statement)).trim();
    }

    /**
     * Starts the server of a cluster that was stopped, in a session of its own: a process group that loses its shell while
     * some of it is paused is continued by the kernel.
     */
    public void restart() {
        server = Tool.start(
                Map.of(),
                List.of(asPostgres(
                        "setsid",
                        program("postgres"),
                        "-D",
                        dir.resolve("data").toString(),
                        "-p",
                        String.valueOf(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=")),
                log);
        Await.that("PostgreSQL accepts connections, see " + log, LIMIT, this::answers);
    }

    private boolean answers() {
        if (!server.isAlive()) {
            throw new AssertionError("PostgreSQL ended, see " + log);
        }
        try {
            Tool.run(LIMIT, program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", String.valueOf(port));
            return true;
        } catch (AssertionError notYet) {
            return false;
        }
    }

    /** Ends the server at once, as a crash does: its connections break. */
    public void stop() {
        List<ProcessHandle> processes = processes();
        signal("QUIT", processes.subList(0, 1));
        await(processes);
    }

    /** Stops all its processes where they are: connections stay open, and nothing answers. */
    public void pause() {
        signal("STOP", processes());
    }

    public void resume() {
        signal("CONT", processes());
    }

    /** The first process of the server, then the others. */
    private List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(server.toHandle()), server.descendants()).toList();
    }

    private static void signal(String name, List<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(String.valueOf(process.pid())));
        Tool.run(LIMIT, Map.of(), command);
    }

    private static void await(List<ProcessHandle> processes) {
        for (ProcessHandle process : processes) {
            try {
                process.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError("process " + process.pid() + " of PostgreSQL does not end", e);
            }
        }
    }

    private void initialise() {
        Path secret = dir.resolve("password");
        try {
            Files.writeString(secret, PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + secret, e);
        }
        Path data = dir.resolve("data");
        Tool.run(
                LIMIT,
                asPostgres(
                        program("initdb"),
                        "--no-sync",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--auth=scram-sha-256",
                        "--username=" + USER,
                        "--pwfile=" + secret,
                        data.toString()));
    }

    private List<String> psql(String database, String statement) {
        return List.of(
                program("psql"),
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(port),
                "-U",
                USER,
                "-d",
                database,
                "-v",
                "ON_ERROR_STOP=1",
                "-XAtc",
                statement);
    }

    private static Map<String, String> password() {
        return Map.of("PGPASSWORD", PASSWORD);
    }

    private static String[] asPostgres(String... command) {
        List<String> whole = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            whole.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        whole.addAll(List.of(command));
        return whole.toArray(String[]::new);
    }

    /** A program of the newest PostgreSQL that is installed; Debian has them in a folder of each version. */
    private static String program(String name) {
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin").resolve(name))
                    .filter(Files::isExecutable)
                    .sorted((a, b) -> b.compareTo(a))
                    .findFirst()
                    .orElseThrow(() -> missing(name, null))
                    .toString();
        } catch (IOException e) {
            throw missing(name, e);
        }
    }

    private static AssertionError missing(String name, IOException cause) {
        return new AssertionError(
                "no PostgreSQL with " + name + " in " + INSTALLED
                        + "; hsm-config/install-test-tools installs what tests need",
                cause);
    }

    /** Ends the server and deletes the cluster. */
    @Override
    public void close() {
        if (server.isAlive()) {
            resume();
            stop();
        }
        try {
            KmsHome.delete(dir);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + dir, e);
        }
    }
}
