package org.mckms.it.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * The folder of one server, as {@code hsm-config/make-home} lays it out: a token, TLS material, settings, database, logs.
 * Each test server has its own, under the build directory.
 */
public record KmsHome(Path dir, int kmsPort, int adminPort, int managementPort, int proxyPort) {
    private static final int LIMIT_SECONDS = 120;

    /** The home that the build has made before the tests; its certificates and IdM key serve all other homes too. */
    private static final Path FIRST = Path.of(System.getProperty("kms.it.home"));

    private static final Path ROOT = Path.of(System.getProperty("kms.root"));
    private static final Path WORK = Path.of(System.getProperty("kms.it.work"));

    /**
     * Makes a home with a fresh token, an empty database and free ports; one of the same name is replaced. Test classes run
     * side by side, so that each has names of its own.
     */
    public static KmsHome make(String name) {
        return make(name, List.of());
    }

    /** The name of a home that each process of tests has for itself, because classes in it share the server. */
    static String ofThisProcess(String name) {
        return name + "-" + System.getProperty("kms.it.fork");
    }

    /** The same with a group management server, which is still to be enrolled. */
    public static KmsHome makeWithGms(String name) {
        return make(name, List.of("--gms"));
    }

    /** The same with an MC server that content encryption keys are pushed to; its listener has a port of its own. */
    public static KmsHome makeWithMcServer(String name) {
        return make(
                name,
                List.of(
                        "--mc-server",
                        "--mc-server-port",
                        String.valueOf(Ports.free(1).get(0))));
    }

    /** A home of another organisation, which shares nothing with others, with a group management server. */
    public static KmsHome makeStranger(String name, String domain) {
        return make(name, List.of("--gms", "--domain", domain), List.of());
    }

    /** Makes the group management servers of two homes partners, before the servers are started. */
    public static void pair(KmsHome one, KmsHome other) {
        Tool.run(
                Duration.ofSeconds(LIMIT_SECONDS),
                ROOT.resolve("hsm-config/pair-homes").toString(),
                one.dir.toString(),
                other.dir.toString());
    }

    private static KmsHome make(String name, List<String> options) {
        return make(name, options, List.of("tls", "idm"));
    }

    private static KmsHome make(String name, List<String> options, List<String> shared) {
        List<Integer> ports = Ports.free(4);
        KmsHome home = new KmsHome(
                WORK.resolve("homes").resolve(name), ports.get(0), ports.get(1), ports.get(2), ports.get(3));
        try {
            delete(home.dir);
            for (String folder : shared) {
                copy(FIRST.resolve(folder), home.dir.resolve(folder));
            }
            Files.createDirectories(home.dir);
            home.runMakeHome(options);
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the home " + home.dir, e);
        }
    }

    private void runMakeHome(List<String> options) throws IOException {
        Path log = dir.resolve("make-home.log");
        List<String> command = new ArrayList<>(List.of(
                ROOT.resolve("hsm-config/make-home").toString(),
                dir.toString(),
                "--kms-port",
                String.valueOf(kmsPort),
                "--admin-port",
                String.valueOf(adminPort),
                "--management-port",
                String.valueOf(managementPort),
                "--proxy-port",
                String.valueOf(proxyPort)));
        command.addAll(options);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError("make-home failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while making " + dir, e);
        }
    }

    /** The certificate authority that clients trust. */
    public Path trust() {
        return dir.resolve("tls/ca.pem");
    }

    /** The credential of {@code officer}, {@code officer2}, {@code operator} or {@code auditor}. */
    public Tls.Credential operator(String name) {
        return credential("operators", name);
    }

    /** The credential of {@code mcptt-server} or {@code gms}. */
    public Tls.Credential server(String name) {
        return credential("servers", name);
    }

    /** The credential that {@code proxy} or {@code proxy2} shows to the server. */
    public Tls.Credential proxy(String name) {
        return credential("proxies", name);
    }

    /** The credential that a proxy shows to its clients. */
    public Tls.Credential proxyFront() {
        return credential("proxies", "front");
    }

    private Tls.Credential credential(String folder, String name) {
        Path base = dir.resolve("tls").resolve(folder);
        return new Tls.Credential(
                base.resolve(name + ".p12"),
                read(base.resolve(name + ".password")).trim().toCharArray());
    }

    /** The PIN of the token. */
    public String pin() {
        return read(dir.resolve("pin")).trim();
    }

    /** A setting of the application. */
    public String setting(String key) {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(dir.resolve("kms.properties"))) {
            settings.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("no settings in " + dir, e);
        }
        return Optional.ofNullable(settings.getProperty(key))
                .orElseThrow(() -> new AssertionError("no setting " + key + " in " + dir));
    }

    /** Changes or adds settings, before the server is started. */
    public void set(Map<String, String> settings) {
        StringBuilder lines = new StringBuilder();
        read(dir.resolve("kms.properties"))
                .lines()
                .filter(line -> settings.keySet().stream().noneMatch(key -> line.startsWith(key + "=")))
                .forEach(line -> lines.append(line).append('\n'));
        settings.forEach(
                (key, value) -> lines.append(key).append('=').append(value).append('\n'));
        write("kms.properties", lines.toString());
    }

    /** Takes a setting away, before the server is started. */
    public void unset(String key) {
        StringBuilder lines = new StringBuilder();
        read(dir.resolve("kms.properties"))
                .lines()
                .filter(line -> !line.startsWith(key + "="))
                .forEach(line -> lines.append(line).append('\n'));
        write("kms.properties", lines.toString());
    }

    /** Overwrites a file of the home, keeping who may read it. */
    public void write(String file, String text) {
        try {
            Files.writeString(dir.resolve(file), text, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Deletes a tree, if it is there. */
    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Copies a tree with the permissions of its files. */
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
