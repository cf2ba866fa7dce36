package org.mckms.benchmarks.load;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What of content encryption keys to measure, on which server.
 *
 * @param home        home of the server, with an MC server in its settings
 * @param server      process of the server, on this machine
 * @param keys        made without a pause
 * @param sessions    started and ended at an even pace within a minute
 * @param connections of users, with keep-alive; each has one request under way at a time
 * @param results     folder for what comes out
 */
record CekSettings(Path home, ProcessHandle server, int keys, int sessions, int connections, Path results) {

    /**
     * Reads the options of {@code benchmarks/cek}.
     *
     * @throws IllegalArgumentException if one is unknown, lacks its value, or is missing
     */
    static CekSettings of(String... arguments) {
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        Optional<Path> home = Optional.empty();
        Optional<ProcessHandle> server = Optional.empty();
        int keys = 60_000;
        int sessions = 10_000;
        int connections = 32;
        Path results = Path.of("results");
        while (!rest.isEmpty()) {
            String option = rest.remove();
            if (rest.isEmpty()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            String value = rest.remove();
            switch (option) {
                case "--home" -> home = Optional.of(Path.of(value));
                case "--pid" -> server = ProcessHandle.of(Long.parseLong(value));
                case "--keys" -> keys = number(option, value);
                case "--sessions" -> sessions = number(option, value);
                case "--connections" -> connections = number(option, value);
                case "--results" -> results = Path.of(value);
                default -> throw new IllegalArgumentException("unknown argument: " + option);
            }
        }
        return new CekSettings(
                home.orElseThrow(() -> new IllegalArgumentException("--home is missing")),
                server.orElseThrow(() -> new IllegalArgumentException("--pid is missing, or there is no such process")),
                keys,
                sessions,
                connections,
                results);
    }

    private static int number(String option, String value) {
        int number = Integer.parseInt(value);
        if (number < 1) {
            throw new IllegalArgumentException(option + " is 1 at least: " + value);
        }
        return number;
    }
}
