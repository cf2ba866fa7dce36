package org.mckms.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mckms.benchmarks.report.Core;

/**
 * What to measure.
 *
 * @param only measures only operations whose title matches
 * @param cores cores to measure
 * @param folder where the results go
 */
record Settings(Effort effort, Pattern only, List<Core> cores, Path folder) {
    /**
     * Reads {@code --quick}, {@code --rounds <number>}, {@code --only <regular expression>}, {@code --vector} and
     * {@code --results <folder>}.
     *
     * @throws IllegalArgumentException if there is anything else
     */
    static Settings of(String... arguments) {
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        Effort effort = Effort.FULL;
        Optional<Integer> rounds = Optional.empty();
        Pattern only = Pattern.compile("");
        List<Core> cores = List.of(Core.SCALAR);
        Path folder = Path.of("results");
        while (!rest.isEmpty()) {
            String option = rest.remove();
            switch (option) {
                case "--quick" -> effort = Effort.QUICK;
                case "--rounds" -> rounds = Optional.of(Integer.parseInt(valueOf(option, rest)));
                case "--only" -> only = Pattern.compile(valueOf(option, rest));
                case "--vector" -> cores = List.of(Core.values());
                case "--results" -> folder = Path.of(valueOf(option, rest));
                default -> throw new IllegalArgumentException("unknown argument: " + option);
            }
        }
        return new Settings(rounds.map(effort::withRounds).orElse(effort), only, cores, folder);
    }

    /** The argument after the option. */
    private static String valueOf(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.remove();
    }

    /** The same for other cores. */
    Settings withCores(List<Core> others) {
        return new Settings(effort, only, others, folder);
    }

    boolean selects(String title) {
        return only.matcher(title).find();
    }
}
