package org.mckms.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.mckms.mikeysakke.Sha256;

/**
 * A real reverse proxy as a process of its own, with one of the configurations of {@code docs/operations/proxies}: only
 * addresses, ports and paths in it are replaced.
 */
public final class ReverseProxy implements AutoCloseable {
    private static final Path CONFIGURATIONS =
            Path.of(System.getProperty("kms.root")).resolve("docs/operations/proxies");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;

    private ReverseProxy(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts HAProxy with {@code haproxy.cfg}; the program must be installed. */
    public static ReverseProxy haproxy(Path folder, Map<String, String> replacements, int... ports) {
        Path configuration = configuration("haproxy.cfg", folder, replacements);
        return start(List.of("haproxy", "-db", "-f", configuration.toString()), folder.resolve("haproxy.log"), ports);
    }

    /** Starts nginx with {@code nginx.conf}; the program must be installed. */
    public static ReverseProxy nginx(Path folder, Map<String, String> replacements, int... ports) {
        Path configuration = configuration("nginx.conf", folder, replacements);
        String places = "daemon off; master_process off; pid " + folder.resolve("nginx.pid") + ";";
        List<String> command = List.of(
                "nginx",
                "-p",
                folder.toString(),
                "-e",
                folder.resolve("nginx-error.log").toString(),
                "-c",
                configuration.toString(),
                "-g",
                places);
        return start(command, folder.resolve("nginx.log"), ports);
    }

    private static Path configuration(String name, Path folder, Map<String, String> replacements) {
        try {
            String text = Files.readString(CONFIGURATIONS.resolve(name));
            for (Map.Entry<String, String> replacement : replacements.entrySet()) {
                if (!text.contains(replacement.getKey())) {
                    throw new AssertionError(name + " has no " + replacement.getKey());
                }
                text = text.replace(replacement.getKey(), replacement.getValue());
            }
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lay out " + name + " in " + folder, e);
        }
    }

    private static ReverseProxy start(List<String> command, Path log, int... ports) {
        try {
            List<String> found = new ArrayList<>(command);
            found.set(0, program(command.get(0)));
            Process process = new ProcessBuilder(found)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            ReverseProxy proxy = new ReverseProxy(process, log);
            for (int port : ports) {
                proxy.awaitListening(port);
            }
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /** Debian keeps both in a folder that is not on every user's path. */
    private static String program(String name) {
        for (String folder : List.of("/usr/sbin", "/usr/local/sbin", "/usr/bin")) {
            if (Files.isExecutable(Path.of(folder, name))) {
                return Path.of(folder, name).toString();
            }
        }
        throw new AssertionError(name + " is not installed; run hsm-config/install-test-tools");
    }

    private void awaitListening(int port) {
        Await.that("the proxy listens on " + port + ", see " + log, LIMIT, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the proxy ended: " + KmsHome.read(log));
            }
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** Writes certificate and key of a credential as one PEM file. */
    public static void writePem(Tls.Credential credential, Path file) {
        try {
            KeyStore store = credential.load();
            String alias = store.aliases().nextElement();
            Files.writeString(
                    file,
                    pem("CERTIFICATE", store.getCertificate(alias).getEncoded())
                            + pem(
                                    "PRIVATE KEY",
                                    store.getKey(alias, credential.password()).getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("cannot write " + file, e);
        }
    }

    /** SHA-256 of the DER form of a credential's certificate, in lower-case hex. */
    public static String sha256(Tls.Credential credential) {
        try {
            return HexFormat.of().formatHex(Sha256.of(credential.certificate().getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("no certificate in " + credential, e);
        }
    }

    /** The name of a credential's certificate as nginx prints it. */
    public static String subject(Tls.Credential credential) {
        try {
            return ((X509Certificate) credential.certificate())
                    .getSubjectX500Principal()
                    .getName();
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("no certificate in " + credential, e);
        }
    }

    private static String pem(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
