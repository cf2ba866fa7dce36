package org.mckms.mikeysakke.core;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** A candidate against the scalar core, in rounds: the same inputs, the results compared, the times taken. */
final class CoreContest implements AutoCloseable {
    /** Fills the lanes of any vector there is. */
    private static final int BULK = 8;

    private final Contestant scalar;
    private final Contestant candidate;
    private final SecureRandom random;
    private final LongSupplier cpuNanos;
    private final CoreSample[] samples = new CoreSample[BULK];
    /** What the scalar core makes of the samples. */
    private final Map<CoreOperation, byte[][]> expected = new EnumMap<>(CoreOperation.class);
    /** What the scalar core takes for one sample, the least so far. */
    private final Map<CoreOperation, Long> scalarNanos = new EnumMap<>(CoreOperation.class);

    private final CoreSpeed speed = new CoreSpeed();
    /** How many samples there have been. */
    private int made;

    /** @param cpuNanos the time that the calling thread has worked for */
    CoreContest(SakkeCore scalar, SakkeCore candidate, SecureRandom random, LongSupplier cpuNanos) {
        this.random = random;
        this.cpuNanos = cpuNanos;
        byte[][] points = scalar.multiplyGenerator(new byte[][] {CoreScalars.even(random), CoreScalars.even(random)});
        this.scalar = new Contestant(scalar, points[0], points[1]);
        this.candidate = new Contestant(candidate, points[0], points[1]);
        for (CoreOperation operation : CoreOperation.values()) {
            expected.put(operation, new byte[BULK][]);
            scalarNanos.put(operation, Long.MAX_VALUE);
        }
        for (int i = 0; i < BULK; i++) {
            renewSample();
        }
    }

    /**
     * Runs every operation on two samples alone and on all of them in whatever order; then one of them makes room for a new one. After
     * three rounds the first six samples have been tried both ways.
     *
     * @return of the candidate, in this round and those before
     * @throws WrongResultException at the first result that is not the one of the scalar core
     */
    CoreSpeed round() throws WrongResultException {
        for (CoreOperation operation : CoreOperation.values()) {
            int[] order = random.ints(0, BULK).distinct().limit(BULK).toArray();
            long alone = Math.min(nanos(operation, oldest()), nanos(operation, (oldest() + 3) % BULK));
            speed.note(operation, scalarNanos.get(operation), alone, nanos(operation, order) / BULK);
        }
        renewSample();
        return speed;
    }

    private int oldest() {
        return made % BULK;
    }

    /** The time of the candidate for the samples of these numbers. */
    private long nanos(CoreOperation operation, int... numbers) throws WrongResultException {
        CoreSample[] chosen = Arrays.stream(numbers).mapToObj(i -> samples[i]).toArray(CoreSample[]::new);
        long begun = cpuNanos.getAsLong();
        byte[][] results = operation.results(candidate, chosen);
        long taken = cpuNanos.getAsLong() - begun;
        byte[][] right =
                Arrays.stream(numbers).mapToObj(i -> expected.get(operation)[i]).toArray(byte[][]::new);
        if (!Arrays.deepEquals(results, right)) {
            throw new WrongResultException(operation);
        }
        return Math.max(taken, 1);
    }

    /** Puts a new sample in the place of the oldest, and times the scalar core on it. */
    private void renewSample() {
        int oldest = oldest();
        CoreSample sample = new CoreSample(scalar.core, scalar.sender, made, random);
        samples[oldest] = sample;
        for (CoreOperation operation : CoreOperation.values()) {
            long begun = cpuNanos.getAsLong();
            expected.get(operation)[oldest] = operation.results(scalar, new CoreSample[] {sample})[0];
            scalarNanos.merge(operation, cpuNanos.getAsLong() - begun, Math::min);
        }
        made++;
    }

    @Override
    public void close() {
        scalar.close();
        candidate.close();
    }
}
