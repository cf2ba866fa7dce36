package org.mckms.benchmarks.report;

import java.util.Locale;

/** Numbers with three significant digits and the unit that suits their size. */
final class Units {
    private static final double THOUSAND = 1000;
    private static final int DIGITS = 3;

    private Units() {}

    /** A duration. */
    static String time(double microseconds) {
        double nanoseconds = microseconds * THOUSAND;
        if (nanoseconds < THOUSAND) {
            return digits(nanoseconds) + " ns";
        }
        if (microseconds < THOUSAND) {
            return digits(microseconds) + " us";
        }
        double milliseconds = microseconds / THOUSAND;
        return milliseconds < THOUSAND ? digits(milliseconds) + " ms" : digits(milliseconds / THOUSAND) + " s";
    }

    /** A number without unit, rounded, never with an exponent. */
    static String digits(double value) {
        int before = value < 1 ? 1 : (int) Math.floor(Math.log10(value)) + 1;
        int after = Math.max(0, DIGITS - before);
        return String.format(Locale.ROOT, "%,." + after + "f", value);
    }

    /** A median with its lowest and highest round. */
    static String ratio(Figure ratio) {
        return digits(ratio.median()) + "x" + spread(ratio);
    }

    /** A median with its lowest and highest value, in milliseconds. */
    static String milliseconds(Figure figure) {
        return digits(figure.median()) + spread(figure);
    }

    private static String spread(Figure figure) {
        return figure.rounds().size() == 1
                ? ""
                : " (" + digits(figure.lowest()) + " to " + digits(figure.highest()) + ")";
    }
}
