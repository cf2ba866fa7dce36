package org.mckms.benchmarks.report;

/** What a time counts. */
public enum Clock {
    /** Time that the threads spent on a processor; the same on a busy machine as on a quiet one. */
    PROCESSOR,
    /** Time that passed. */
    ELAPSED
}
