package org.mckms.benchmarks.load;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Which groups to measure, on which server.
 *
 * @param home    home of the server, with a GMS that is enrolled
 * @param server  process of the server, on this machine
 * @param gcLog   what the server's collector writes
 * @param sizes   members of each group
 * @param results folder for what comes out
 */
record GroupSettings(Path home, ProcessHandle server, Path gcLog, List<Integer> sizes, Path results) {

    GroupSettings {
        sizes = List.copyOf(sizes);
    }

    /**
     * Reads the options of {@code benchmarks/group}.
     *
     * @throws IllegalArgumentException if one is unknown, lacks its value, or is missing
     */
    static GroupSettings of(String... arguments) {
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        Optional<Path> home = Optional.empty();
        Optional<ProcessHandle> server = Optional.empty();
        Optional<Path> gcLog = Optional.empty();
        List<Integer> sizes = List.of(100, 1_000, 10_000);
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
                case "--gc-log" -> gcLog = Optional.of(Path.of(value));
                case "--sizes" -> sizes = sizes(value);
                case "--results" -> results = Path.of(value);
                default -> throw new IllegalArgumentException("unknown argument: " + option);
            }
        }
        return new GroupSettings(
                home.orElseThrow(() -> new IllegalArgumentException("--home is missing")),
                server.orElseThrow(() -> new IllegalArgumentException("--pid is missing, or there is no such process")),
                gcLog.orElseThrow(() -> new IllegalArgumentException("--gc-log is missing")),
                sizes,
                results);
    }

    private static List<Integer> sizes(String list) {
        List<Integer> sizes =
                Arrays.stream(list.split(",")).map(Integer::valueOf).toList();
        if (sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("a group has one member at least: " + list);
        }
        return sizes;
    }
}
