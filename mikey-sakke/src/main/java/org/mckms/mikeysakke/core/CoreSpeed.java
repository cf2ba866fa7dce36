package org.mckms.mikeysakke.core;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many times as fast as the scalar core another one is, per operation. The least times of both are compared, for whatever else the
 * machine does makes times longer, never shorter.
 */
final class CoreSpeed {
    /** How much longer than the least time the latest may be before a core counts as unsteady: what is not compiled takes more. */
    private static final int STEADY = 3;

    private final Map<CoreOperation, Times> alone = new EnumMap<>(CoreOperation.class);
    private final Map<CoreOperation, Times> inBulk = new EnumMap<>(CoreOperation.class);

    /**
     * Takes down the times of a round in nanoseconds.
     *
     * @param scalar the least time of the scalar core so far
     * @param one    for one input
     * @param each   for each input of many
     */
    void note(CoreOperation operation, long scalar, long one, long each) {
        alone.computeIfAbsent(operation, any -> new Times()).note(scalar, one);
        inBulk.computeIfAbsent(operation, any -> new Times()).note(scalar, each);
    }

    /** Whether each operation is as fast as it has to be, and was not much slower at last. */
    boolean suffices() {
        return alone.keySet().stream()
                .allMatch(operation -> alone.get(operation).suffice(operation.neededAlone())
                        && inBulk.get(operation).suffice(operation.neededInBulk()));
    }

    @Override
    public String toString() {
        return alone.keySet().stream()
                .map(operation -> String.format(
                        Locale.ROOT,
                        "%s %.1f (in bulk %.1f)",
                        operation,
                        alone.get(operation).ratio(),
                        inBulk.get(operation).ratio()))
                .collect(Collectors.joining(", ", "speed against the scalar core: ", ""));
    }

    private static final class Times {
        private long scalar;
        private long least = Long.MAX_VALUE;
        private long latest;

        void note(long scalarNanos, long nanos) {
            scalar = scalarNanos;
            latest = nanos;
            least = Math.min(least, nanos);
        }

        double ratio() {
            return (double) scalar / least;
        }

        boolean suffice(double neededRatio) {
            return ratio() >= neededRatio && latest <= STEADY * least;
        }
    }
}
