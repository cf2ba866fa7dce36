package org.mckms.it.support;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the command line as a user does: the packaged jar, a process for each command, a folder to work in. */
public final class Kmsctl {
    private static final Path JAR = Path.of(System.getProperty("kms.root"), "kms-client", "target", "kmsctl.jar");
    private static final int LIMIT_SECONDS = 120;

    private final KmsHome home;
    private final Path folder;

    /** @param folder where files are written and read; relative names in commands are of this folder */
    public Kmsctl(KmsHome home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    /** How a command ended and what it said. */
    public record Outcome(int exitCode, String output, String errors) {
        /** The output of a command with {@code --json}. */
        public JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(output))) {
                return reader.readObject();
            }
        }
    }

    public Outcome run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                JAR.toString(),
                "--home",
                home.dir().toString()));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile(folder, "out", ".txt");
            Path errors = Files.createTempFile(folder, "err", ".txt");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end within " + LIMIT_SECONDS + " s: " + command);
            }
            return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
