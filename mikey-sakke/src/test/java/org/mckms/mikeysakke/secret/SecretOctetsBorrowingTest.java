package org.mckms.mikeysakke.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mckms.mikeysakke.Octets;

/** Closing a secret while others use it. */
@Timeout(10)
class SecretOctetsBorrowingTest {
    private static final Octets VALUE = Octets.fromHex("010203");

    private final SecretOctets secret = SecretOctets.copyOf(VALUE.toByteArray());
    private final byte[] array = secret.use(octets -> octets);
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void completesAUseDuringWhichItIsClosed() throws Exception {
        Borrower borrower = new Borrower();
        secret.close();

        assertThatThrownBy(() -> secret.use(Octets::copyOf)).isInstanceOf(IllegalStateException.class);
        assertThat(borrower.leave()).isEqualTo(VALUE);
        assertThat(array).containsOnly(0);
    }

    @Test
    void isZeroedByTheLastBorrower() throws Exception {
        Borrower first = new Borrower();
        Borrower last = new Borrower();
        secret.close();
        secret.close();

        assertThat(first.leave()).isEqualTo(VALUE);
        assertThat(array).containsExactly(1, 2, 3);
        assertThat(last.leave()).isEqualTo(VALUE);
        assertThat(array).containsOnly(0);
    }

    @Test
    void isZeroedAfterAnActionThatFails() {
        assertThatThrownBy(() -> secret.use(octets -> {
                    secret.close();
                    throw new UnsupportedOperationException();
                }))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(array).containsOnly(0);
    }

    @Test
    void givesBackWhatItCompares() {
        SecretOctets closed = SecretOctets.copyOf(VALUE.toByteArray());
        closed.close();
        assertThat(secret.constantTimeEquals(secret)).isTrue();
        assertThatThrownBy(() -> secret.constantTimeEquals(closed)).isInstanceOf(IllegalStateException.class);
        secret.close();

        assertThat(array).containsOnly(0);
    }

    /** Uses the secret in a thread of its own until it is told to leave, and reads it then. */
    private final class Borrower {
        private final CountDownLatch told = new CountDownLatch(1);
        private final Future<Octets> read;

        Borrower() throws InterruptedException {
            CountDownLatch entered = new CountDownLatch(1);
            read = threads.submit(() -> secret.use(octets -> {
                entered.countDown();
                awaitQuietly(told);
                return Octets.copyOf(octets);
            }));
            assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();
        }

        Octets leave() throws Exception {
            told.countDown();
            return read.get(5, TimeUnit.SECONDS);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
