package org.mckms.mikeysakke.timing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** Times an operation for all classes of secrets in turn, in rounds in which each class has its turn once, in random order. */
final class TimingComparison {
    /** Samples of each class; 20,000 unless the property says otherwise, fewer of an operation that takes long. */
    private static final int SAMPLES = Integer.getInteger("mikeysakke.timing.samples", 20_000);

    private static final long LONGEST_NANOS = 300_000_000_000L;

    private static final long WARM_UP_NANOS = 5_000_000_000L;
    /** Its clock stops while the thread waits for a processor, which no secret decides. */
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    private static final InputClass[] CLASSES = InputClass.values();

    private final Random random;

    /** @param seed of the order within the rounds */
    TimingComparison(long seed) {
        this.random = new Random(seed);
    }

    TimingResult measure(TimedOperation operation) {
        int samples = (int) Math.min(SAMPLES, LONGEST_NANOS / warmUp(operation));
        Map<InputClass, long[]> times = new EnumMap<>(InputClass.class);
        for (InputClass inputs : CLASSES) {
            times.put(inputs, new long[samples]);
        }
        for (int round = 0; round < samples; round++) {
            for (InputClass inputs : shuffled()) {
                times.get(inputs)[round] = time(operation, inputs, round);
            }
        }
        return result(operation.name(), samples, times);
    }

    /** Returns how long a round takes at least. */
    private long warmUp(TimedOperation operation) {
        long start = THREAD.getCurrentThreadCpuTime();
        long shortest = Long.MAX_VALUE;
        for (int round = 0; THREAD.getCurrentThreadCpuTime() - start < WARM_UP_NANOS; round++) {
            long sum = 0;
            for (InputClass inputs : shuffled()) {
                sum += time(operation, inputs, round);
            }
            shortest = Math.min(shortest, sum);
        }
        return shortest;
    }

    private static long time(TimedOperation operation, InputClass inputs, int round) {
        operation.prepare(inputs, round);
        long start = THREAD.getCurrentThreadCpuTime();
        operation.run();
        return THREAD.getCurrentThreadCpuTime() - start;
    }

    private static TimingResult result(String operation, int samples, Map<InputClass, long[]> times) {
        long[] reference = times.get(InputClass.RANDOM);
        Map<InputClass, MedianDifference> differences = new EnumMap<>(InputClass.class);
        times.forEach((inputs, ofClass) -> {
            if (inputs != InputClass.RANDOM) {
                differences.put(inputs, MedianDifference.of(ofClass, reference));
            }
        });
        return new TimingResult(operation, samples, MedianDifference.median(reference), differences);
    }

    private InputClass[] shuffled() {
        InputClass[] order = CLASSES.clone();
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            InputClass swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        return order;
    }
}
