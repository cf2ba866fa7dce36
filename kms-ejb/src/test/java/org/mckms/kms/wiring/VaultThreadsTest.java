package org.mckms.kms.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VaultThreadsTest {

    @Test
    void theThreadsAreItsOwnAndEndWithIt() throws ExecutionException, InterruptedException {
        Set<Thread> made = ConcurrentHashMap.newKeySet();
        VaultThreads threads = new VaultThreads(work -> {
            Thread thread = new Thread(work);
            made.add(thread);
            return thread;
        });
        Thread used = threads.executor()
                .schedule(Thread::currentThread, 0, TimeUnit.MILLISECONDS)
                .get();
        Future<?> waiting = threads.executor().schedule(() -> {}, 1, TimeUnit.HOURS);

        threads.close();

        assertThat(made).contains(used).hasSizeLessThanOrEqualTo(2);
        assertThat(waiting.isCancelled()).isTrue();
        assertThat(threads.executor().isTerminated()).isTrue();
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> threads.executor().submit(() -> {}));
    }
}
