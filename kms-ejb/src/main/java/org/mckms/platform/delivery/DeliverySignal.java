package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks for a run of the pump at once; signals that come before it has begun are one. */
public final class DeliverySignal {

    private final Executor executor;
    private final Runnable pump;
    private final AtomicBoolean raised = new AtomicBoolean();

    /** @param pump what runs; deals with its own failures */
    public DeliverySignal(Executor executor, Runnable pump) {
        this.executor = requireNonNull(executor, "executor");
        this.pump = requireNonNull(pump, "pump");
    }

    public void raise() {
        if (raised.compareAndSet(false, true)) {
            try {
                executor.execute(() -> {
                    raised.set(false);
                    pump.run();
                });
            } catch (RejectedExecutionException e) {
                raised.set(false); // the pump runs by itself before long, unless the server stops
            }
        }
    }
}
