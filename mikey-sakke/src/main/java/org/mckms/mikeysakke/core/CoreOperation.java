package org.mckms.mikeysakke.core;

import java.util.Arrays;
import java.util.function.Function;

/** What a core is tried with. The trial compares two cores on every operation, alone and in bulk. */
enum CoreOperation {
    EXTRACTION("extraction", CoreOperation.FASTER_IN_BULK) {
        @Override
        byte[][] results(Contestant by, CoreSample[] samples) {
            return by.core.multiplyGenerator(all(samples, sample -> sample.k));
        }
    },
    ENCAPSULATION("encapsulation", CoreOperation.FASTER_IN_BULK) {
        @Override
        byte[][] results(Contestant by, CoreSample[] samples) {
            return Arrays.stream(by.core.encapsulate(
                            by.sender, all(samples, sample -> sample.rb), all(samples, sample -> sample.r)))
                    .map(made -> joined(made.point(), made.power()))
                    .toArray(byte[][]::new);
        }
    },
    CHECK("check of R", CoreOperation.NOT_SLOWER) {
        @Override
        byte[][] results(Contestant by, CoreSample[] samples) {
            boolean[] right = by.core.isSum(
                    by.sender,
                    all(samples, sample -> sample.rb),
                    all(samples, sample -> sample.r),
                    all(samples, sample -> sample.claimed));
            byte[][] results = new byte[right.length][];
            Arrays.setAll(results, i -> new byte[] {(byte) (right[i] ? 1 : 0)});
            return results;
        }
    },
    PAIRING("pairing", CoreOperation.NOT_SLOWER) {
        @Override
        byte[][] results(Contestant by, CoreSample[] samples) {
            return by.core.pair(all(samples, sample -> sample.multiple), all(samples, sample -> sample.sum));
        }
    },
    PAIRING_WITH_LINES("pairing with lines", CoreOperation.NOT_SLOWER) {
        @Override
        byte[][] results(Contestant by, CoreSample[] samples) {
            return by.core.pair(by.lines, all(samples, sample -> sample.sum));
        }
    };

    private static final double FASTER_IN_BULK = 1.25;
    /** Not slower but for noise: a core may leave an operation to the scalar one. */
    private static final double NOT_SLOWER = 0.8;

    private final String text;
    private final double neededInBulk;

    CoreOperation(String text, double neededInBulk) {
        this.text = text;
        this.neededInBulk = neededInBulk;
    }

    /** The results for the samples, one for each. */
    abstract byte[][] results(Contestant by, CoreSample[] samples);

    /** How many times as fast as the scalar core another one has to be for one input. */
    double neededAlone() {
        return NOT_SLOWER;
    }

    /** The same for each input of many. */
    double neededInBulk() {
        return neededInBulk;
    }

    @Override
    public String toString() {
        return text;
    }

    private static byte[][] all(CoreSample[] samples, Function<CoreSample, byte[]> part) {
        return Arrays.stream(samples).map(part).toArray(byte[][]::new);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
