package org.mckms.benchmarks.load;

/** What all connections do at the moment; one thread moves it forward. */
final class Phases {
    private volatile Phase current = Phase.WARM_UP;

    enum Phase {
        WARM_UP,
        MEASURED,
        PROFILED,
        OVER
    }

    Phase current() {
        return current;
    }

    void begin(Phase phase) {
        current = phase;
    }
}
