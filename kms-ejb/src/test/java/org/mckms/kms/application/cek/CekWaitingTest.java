package org.mckms.kms.application.cek;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Octets;

class CekWaitingTest {

    private static final Octets KEY_ID = Octets.fromHex("01".repeat(16));
    private static final Duration LONG = Duration.ofSeconds(30);

    private final CekWaiting waiting = new CekWaiting();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void doesNotWaitWhereNobodyWantsTo() {
        assertThat(waiting.await(KEY_ID, Duration.ZERO, () -> true)).isFalse();
    }

    @Test
    void looksNowAndThen() {
        AtomicInteger looks = new AtomicInteger();

        assertThat(waiting.await(KEY_ID, LONG, () -> looks.incrementAndGet() == 3))
                .isTrue();
        assertThat(looks).hasValue(3);
    }

    @Test
    void givesUpInTime() {
        assertThat(waiting.await(KEY_ID, Duration.ofMillis(150), () -> false)).isFalse();
    }

    @Test
    void wakesAllWhoWaitForTheKey() throws Exception {
        CountDownLatch looked = new CountDownLatch(2);
        List<Future<Boolean>> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            both.add(threads.submit(() -> waiting.await(KEY_ID, LONG, () -> {
                looked.countDown();
                return false;
            })));
        }
        assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();

        waiting.changed(List.of(Octets.fromHex("02".repeat(16)), KEY_ID));
        for (Future<Boolean> one : both) {
            assertThat(one.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void onlySoManyWaitAtOnceAndTheOthersGoOn() throws Exception {
        CountDownLatch inside = new CountDownLatch(CekWaiting.MOST);
        CountDownLatch leave = new CountDownLatch(1);
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < CekWaiting.MOST; i++) {
            Octets keyId = Octets.fromHex("%032X".formatted(i));
            all.add(threads.submit(() -> waiting.await(keyId, LONG, () -> {
                inside.countDown();
                return leave.getCount() == 0;
            })));
        }
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(waiting.await(KEY_ID, LONG, () -> true)).isFalse();
        leave.countDown();
        for (Future<Boolean> one : all) {
            assertThat(one.get(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(waiting.await(KEY_ID, LONG, () -> true)).isTrue();
    }
}
