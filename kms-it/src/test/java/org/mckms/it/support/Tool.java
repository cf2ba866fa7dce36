package org.mckms.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs that tests need from the operating system. One that is missing is a failure; the message names the remedy. */
public final class Tool {
    private Tool() {}

    /** Runs a program to its end and returns what it printed. */
    public static String run(Duration limit, String... command) {
        return run(limit, Map.of(), Arrays.asList(command));
    }

    /** The same with additions to the environment. */
    public static String run(Duration limit, Map<String, String> environment, List<String> command) {
        Path output = null;
        try {
            output = Files.createTempFile("tool", ".log");
            Process process = start(environment, command, output);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end within " + limit);
            }
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new AssertionError(command + " failed: " + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + command, e);
        } finally {
            delete(output);
        }
    }

    /** Starts a program that goes on by itself. */
    static Process start(Map<String, String> environment, List<String> command, Path output) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new AssertionError(
                    "cannot start " + command.get(0) + "; hsm-config/install-test-tools installs what tests need", e);
        }
    }

    private static void delete(Path output) {
        try {
            if (output != null) {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + output, e);
        }
    }
}
