package org.mckms.benchmarks.report;

import java.util.Locale;

/** The implementations of the costly operations of SAKKE. */
public enum Core {
    SCALAR,
    VECTOR;

    /** The value of the benchmarks' parameter {@code core}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
