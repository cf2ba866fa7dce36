package org.mckms.mikeysakke.core;

import static java.util.Objects.requireNonNull;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The trial that a core passes before it serves: the results of the scalar core for random inputs, at first and once its methods are
 * compiled, and more speed than the scalar core for some rounds on end, which says that it is warm.
 */
final class CoreTrial {
    private static final int FAST_ROUNDS = 3;

    private final SecureRandom random;
    private final Duration patience;
    private final LongSupplier wallNanos;
    private final LongSupplier cpuNanos;

    /** @param patience after which a candidate that is right and not fast enough is given up */
    CoreTrial(SecureRandom random, Duration patience) {
        this(random, patience, System::nanoTime, cpuClock());
    }

    CoreTrial(SecureRandom random, Duration patience, LongSupplier wallNanos, LongSupplier cpuNanos) {
        this.random = requireNonNull(random, "random");
        this.patience = requireNonNull(patience, "patience");
        this.wallNanos = requireNonNull(wallNanos, "wallNanos");
        this.cpuNanos = requireNonNull(cpuNanos, "cpuNanos");
    }

    /** @param finding what decided it, as half a sentence */
    record Verdict(boolean passed, String finding) {}

    /** Tries a candidate in the calling thread; an interrupt ends the trial after a round. */
    Verdict of(SakkeCore candidate, SakkeCore scalar) {
        long begun = wallNanos.getAsLong();
        try (CoreContest contest = new CoreContest(scalar, candidate, random, cpuNanos)) {
            int fastRounds = 0;
            while (true) {
                CoreSpeed speed = contest.round();
                fastRounds = speed.suffices() ? fastRounds + 1 : 0;
                long nanos = wallNanos.getAsLong() - begun;
                if (fastRounds == FAST_ROUNDS) {
                    return new Verdict(true, String.format(Locale.ROOT, "warm after %.1f s, %s", nanos / 1e9, speed));
                }
                if (nanos > patience.toNanos()) {
                    return new Verdict(false, "not fast enough after " + patience.toSeconds() + " s, " + speed);
                }
                if (Thread.currentThread().isInterrupted()) {
                    return new Verdict(false, "its trial was broken off");
                }
            }
        } catch (WrongResultException e) {
            return new Verdict(false, e.getMessage());
        }
    }

    /** What other threads do to the machine says nothing about a core: its own time on the processor, where the JVM tells it. */
    private static LongSupplier cpuClock() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
                ? threads::getCurrentThreadCpuTime
                : System::nanoTime;
    }
}
