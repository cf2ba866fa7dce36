package org.mckms.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeliverySignalTest {

    private static final long MILLISECOND = 1_000_000;

    private final List<Runnable> scheduled = new ArrayList<>();
    private final List<Long> delays = new ArrayList<>();
    private long now = Long.MAX_VALUE - 5 * MILLISECOND; // the clock of a JVM may overflow
    private int runs;
    private boolean stopping;
    private final DeliverySignal signal = new DeliverySignal(scheduler(), () -> runs++, () -> now);

    private ScheduledExecutorService scheduler() {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, given) -> {
                    if (stopping) {
                        throw new RejectedExecutionException();
                    }
                    assertThat(method.getName()).isEqualTo("schedule");
                    assertThat(given[2]).isEqualTo(TimeUnit.NANOSECONDS);
                    scheduled.add((Runnable) given[0]);
                    delays.add((Long) given[1]);
                    return null;
                });
    }

    private void runNext() {
        scheduled.remove(0).run();
    }

    @Test
    void theFirstRunIsAtOnceAndTheNextFiftyMillisecondsAfterItBegan() {
        signal.raise();
        runNext();
        now += 3 * MILLISECOND;
        signal.raise();

        assertThat(runs).isEqualTo(1);
        assertThat(delays).containsExactly(0L, 47 * MILLISECOND);
    }

    @Test
    void whoeverComesLaterThanThatWaitsForNothing() {
        signal.raise();
        runNext();
        now += 51 * MILLISECOND;
        signal.raise();

        assertThat(delays).containsExactly(0L, 0L);
    }

    @Test
    void signalsBeforeARunAreOneAndOneDuringItIsAnother() {
        signal.raise();
        signal.raise();
        assertThat(scheduled).hasSize(1);
        runNext();
        signal.raise();

        assertThat(scheduled).hasSize(1);
        assertThat(runs).isEqualTo(1);
    }

    @Test
    void aRefusedSignalDoesNotKeepTheNextOneAway() {
        stopping = true;
        signal.raise();
        stopping = false;
        signal.raise();

        assertThat(scheduled).hasSize(1);
    }
}
