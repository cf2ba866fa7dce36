package org.mckms.benchmarks.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What load to make, on which server.
 *
 * @param home        home of the server, as {@code hsm-config/make-home} makes it
 * @param server      process of the server, on this machine
 * @param shim        folder of the PKCS#11 shim's counts, if it stands before the token
 * @param clients     registered clients, who take turns
 * @param connections connections with keep-alive; each has one request under way at a time
 * @param warmUp      load before anything counts
 * @param duration    measured load
 * @param profile     load after that, with a flight recording of the server; none if zero
 * @param results     folder for what comes out
 */
record LoadSettings(
        Path home,
        ProcessHandle server,
        Optional<Path> shim,
        int clients,
        int connections,
        Duration warmUp,
        Duration duration,
        Duration profile,
        Path results) {

    /**
     * Reads the options of {@code benchmarks/load}.
     *
     * @throws IllegalArgumentException if one is unknown, lacks its value, or is missing
     */
    static LoadSettings of(String... arguments) {
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        Optional<Path> home = Optional.empty();
        Optional<ProcessHandle> server = Optional.empty();
        Optional<Path> shim = Optional.empty();
        int clients = 1000;
        int connections = 8;
        Duration warmUp = Duration.ofSeconds(60);
        Duration duration = Duration.ofSeconds(600);
        Duration profile = Duration.ZERO;
        Path results = Path.of("results");
        while (!rest.isEmpty()) {
            String option = rest.remove();
            String value = valueOf(option, rest);
            switch (option) {
                case "--home" -> home = Optional.of(Path.of(value));
                case "--pid" -> server = ProcessHandle.of(Long.parseLong(value));
                case "--shim" -> shim = Optional.of(Path.of(value));
                case "--clients" -> clients = positive(option, value);
                case "--connections" -> connections = positive(option, value);
                case "--warm-up" -> warmUp = Duration.ofSeconds(positive(option, value));
                case "--seconds" -> duration = Duration.ofSeconds(positive(option, value));
                case "--profile" -> profile = Duration.ofSeconds(positive(option, value));
                case "--results" -> results = Path.of(value);
                default -> throw new IllegalArgumentException("unknown argument: " + option);
            }
        }
        return new LoadSettings(
                home.orElseThrow(() -> new IllegalArgumentException("--home is missing")),
                server.orElseThrow(() -> new IllegalArgumentException("--pid is missing, or there is no such process")),
                shim,
                clients,
                connections,
                warmUp,
                duration,
                profile,
                results);
    }

    private static String valueOf(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.remove();
    }

    private static int positive(String option, String value) {
        int number = Integer.parseInt(value);
        if (number < 1) {
            throw new IllegalArgumentException(option + " is not positive: " + value);
        }
        return number;
    }
}
