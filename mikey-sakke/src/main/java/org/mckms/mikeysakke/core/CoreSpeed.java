package org.mckms.mikeysakke.core;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How many times as fast as the scalar core another one was, per operation. */
final class CoreSpeed {
    private record Ratios(double alone, double inBulk) {}

    private final Map<CoreOperation, Ratios> ratios = new EnumMap<>(CoreOperation.class);

    void note(CoreOperation operation, double alone, double inBulk) {
        ratios.put(operation, new Ratios(alone, inBulk));
    }

    /** Whether each operation was as fast as it has to be. */
    boolean suffices() {
        return ratios.entrySet().stream()
                .allMatch(entry -> entry.getValue().alone() >= entry.getKey().neededAlone()
                        && entry.getValue().inBulk() >= entry.getKey().neededInBulk());
    }

    @Override
    public String toString() {
        return ratios.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%s %.1f (in bulk %.1f)",
                        entry.getKey(),
                        entry.getValue().alone(),
                        entry.getValue().inBulk()))
                .collect(Collectors.joining(", ", "speed against the scalar core: ", ""));
    }
}
