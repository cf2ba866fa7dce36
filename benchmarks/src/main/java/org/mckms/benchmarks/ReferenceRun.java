package org.mckms.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.mckms.benchmarks.bouncycastle.BouncyCastleSakke;
import org.mckms.benchmarks.report.Machine;

/**
 * Says how fast this machine is now: the RSK extractions of Bouncy Castle that all its processors make in a second. By them, what
 * a server does is compared between machines, and between moments of a machine that is shared. Started by the scripts that
 * measure a server, before they start it.
 */
public final class ReferenceRun {
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private ReferenceRun() {}

    public static void main(String... arguments) throws ReflectiveOperationException {
        Machine machine = Machine.here();
        List<BouncyCastleSakke> threads = new ArrayList<>();
        for (int i = 0; i < machine.processors(); i++) {
            BouncyCastleSakke thread = new BouncyCastleSakke();
            thread.prepare();
            threads.add(thread);
        }
        try (Workers workers = new Workers(threads.size())) {
            perSecond(workers, threads, WARM_UP_NANOS);
            System.out.printf(
                    Locale.ROOT,
                    "%s, %d processors: Bouncy Castle makes %.1f RSK extractions a second on all of them%n",
                    machine.processor(),
                    machine.processors(),
                    perSecond(workers, threads, MEASURED_NANOS));
        }
    }

    private static double perSecond(Workers workers, List<BouncyCastleSakke> threads, long nanos) {
        long begin = System.nanoTime();
        long made = workers.sum(threads, 1, thread -> extractions(thread.get(0), begin + nanos));
        return made * 1e9 / (System.nanoTime() - begin);
    }

    private static long extractions(BouncyCastleSakke thread, long end) {
        long made = 0;
        while (System.nanoTime() < end) {
            if (thread.extraction() != null) {
                made++;
            }
        }
        return made;
    }
}
