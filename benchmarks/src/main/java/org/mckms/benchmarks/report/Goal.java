package org.mckms.benchmarks.report;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * A goal and what became of it.
 *
 * @param title operation and core
 * @param kind whether the value has to be large or small
 * @param bound the value to reach
 * @param measured empty if it was not measured
 */
public record Goal(String title, Kind kind, double bound, Optional<Double> measured) {
    /** What kind of value it is. */
    public enum Kind {
        RATIO_AT_LEAST("at least ", "x"),
        SECONDS_AT_MOST("at most ", " s"),
        MILLISECONDS_AT_MOST("at most ", " ms");

        private final String comparison;
        private final String unit;

        Kind(String comparison, String unit) {
            this.comparison = comparison;
            this.unit = unit;
        }
    }

    /** How far the measured value is from the bound, as part of the bound; negative if the goal is missed. */
    public Optional<Double> margin() {
        return measured.map(value -> (kind == Kind.RATIO_AT_LEAST ? value - bound : bound - value) / bound);
    }

    /** "met", or by how much it is missed. */
    public String verdict() {
        return margin().map(Goal::verdict).orElse("not measured");
    }

    private static String verdict(double margin) {
        return margin >= 0 ? "met" : String.format(Locale.ROOT, "missed by %.0f %%", Math.ceil(-100 * margin));
    }

    /** The bound with its unit. */
    public String boundText() {
        return kind.comparison + BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString() + kind.unit;
    }

    /** The measured value with its unit. */
    public String measuredText() {
        return measured.map(value -> Units.digits(value) + kind.unit).orElse("-");
    }
}
