package org.mckms.protocol.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of Debian that vouches for what we write; a missing one fails the test. */
public final class ExternalTool {
    private static final long LIMIT_SECONDS = 60;

    private final String command;
    private final Path folder;

    /** A command that runs in this folder. */
    public ExternalTool(String command, Path folder) {
        this.command = command;
        this.folder = folder;
    }

    /**
     * What a run ended with.
     *
     * @param output both streams
     */
    public record Result(int exitCode, String output) {}

    /** Runs it to its end. */
    public Result run(String... arguments) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of(arguments));
        Path output = folder.resolve(command + ".log");
        try {
            Process process = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(line + " did not end");
            }
            return new Result(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError(
                    "cannot run " + command + "; hsm-config/install-test-tools installs what tests need", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Runs it and insists on success. */
    public void succeeds(String... arguments) {
        Result result = run(arguments);
        if (result.exitCode() != 0) {
            throw new AssertionError(command + " " + List.of(arguments) + " failed: " + result.output());
        }
    }

    public void write(String file, byte[] octets) {
        try {
            Files.write(folder.resolve(file), octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] read(String file) {
        try {
            return Files.readAllBytes(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a certificate as PEM. */
    public void write(String file, X509Certificate certificate) {
        try {
            write(file, pem("CERTIFICATE", certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a private key as PEM. */
    public void write(String file, PrivateKey key) {
        write(file, pem("PRIVATE KEY", key.getEncoded()));
    }

    private static byte[] pem(String label, byte[] der) {
        return ("-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                        + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
