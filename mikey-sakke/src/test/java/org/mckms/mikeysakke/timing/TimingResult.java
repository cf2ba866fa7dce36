package org.mckms.mikeysakke.timing;

import java.util.Map;

/** What was measured of one operation. */
record TimingResult(String operation, int samples, double medianNanos, Map<InputClass, MedianDifference> differences) {
    /** The effect that is too large. */
    static final double BOUND = 0.005;

    /** How much wider than the null control's an interval may be, which it is by chance. */
    private static final double WIDTH_TOLERANCE = 1.5;

    /** An interval that is narrower is narrow enough, since the clock counts whole nanoseconds. */
    private static final double RESOLUTION = 0.001;

    /** Whether no class differs from random secrets by {@link #BOUND}, at the resolution of the null control. */
    boolean isConstant() {
        double control = differences.get(InputClass.RANDOM_AGAIN).width();
        double widest = Math.max(RESOLUTION, WIDTH_TOLERANCE * control);
        return differences.values().stream()
                .allMatch(difference -> difference.isWithin(BOUND) && difference.width() <= widest);
    }

    /** Whether the time of a fixed class certainly differs, by more than the null control allows to explain by chance. */
    boolean isLeak() {
        return differences.get(InputClass.RANDOM_AGAIN).isWithin(BOUND)
                && differences.values().stream()
                        .anyMatch(difference -> difference.low() > BOUND || difference.high() < -BOUND);
    }
}
