package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Asks for a run of the pump: at once, or a little later if the last one has only just begun, so that where much is put one run
 * finds much. Signals that come before a run has begun are one. Thread safe.
 */
public final class DeliverySignal {

    /** From the beginning of one run to that of the next. */
    static final Duration GAP = Duration.ofMillis(50);

    private final ScheduledExecutorService scheduler;
    private final Runnable pump;
    private final LongSupplier nanoTime;
    private final AtomicBoolean raised = new AtomicBoolean();
    private volatile long notBefore;

    /** @param pump what runs; deals with its own failures */
    public DeliverySignal(ScheduledExecutorService scheduler, Runnable pump) {
        this(scheduler, pump, System::nanoTime);
    }

    DeliverySignal(ScheduledExecutorService scheduler, Runnable pump, LongSupplier nanoTime) {
        this.scheduler = requireNonNull(scheduler, "scheduler");
        this.pump = requireNonNull(pump, "pump");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime");
        this.notBefore = nanoTime.getAsLong();
    }

    public void raise() {
        if (raised.compareAndSet(false, true)) {
            try {
                scheduler.schedule(this::run, Math.max(0, notBefore - nanoTime.getAsLong()), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                raised.set(false); // the pump runs by itself before long, unless the server stops
            }
        }
    }

    private void run() {
        notBefore = nanoTime.getAsLong() + GAP.toNanos();
        raised.set(false);
        pump.run();
    }
}
