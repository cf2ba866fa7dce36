package org.mckms.platform.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenCallsTest {

    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration IMPATIENT = Duration.ofMillis(50);
    private static final HsmSettings IMPATIENT_SETTINGS = new HsmSettings(
            Path.of("/nonexistent/library.so"),
            0,
            "label",
            IMPATIENT,
            LeasePolicy.DEFAULT,
            RecoverySettings.withLadder(List.of()));
    private static final Consumer<Object> KEEP = result -> {};

    private final CountDownLatch hanging = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        hanging.countDown();
    }

    @Test
    void givesTheAnswer() {
        try (TokenCalls calls = new TokenCalls("test", 1, 1, PATIENT)) {
            assertThat(calls.call(() -> "answer", KEEP::accept)).isEqualTo("answer");
        }
    }

    @Test
    void runsInThreadsOfItsOwn() {
        try (TokenCalls calls = new TokenCalls("test-thread", 1, 1, PATIENT)) {
            Thread thread = calls.call(Thread::currentThread, KEEP::accept);
            assertThat(thread).isNotSameAs(Thread.currentThread());
            assertThat(thread.getName()).isEqualTo("test-thread");
            assertThat(thread.isDaemon()).isTrue();
        }
    }

    @Test
    void passesTokenFaultsOn() {
        try (TokenCalls calls = new TokenCalls("test", 1, 1, PATIENT)) {
            TokenException fault = new TokenException(TokenFault.KEY_MISSING, "no key");
            assertThatThrownBy(() -> calls.call(
                            () -> {
                                throw fault;
                            },
                            KEEP::accept))
                    .isSameAs(fault);
        }
    }

    @Test
    void anythingElseThatAProviderThrowsIsALostToken() {
        try (TokenCalls calls = new TokenCalls("test", 1, 1, PATIENT)) {
            assertFault(
                    TokenFault.LOST,
                    () -> calls.call(
                            () -> {
                                throw new IllegalStateException("provider is confused");
                            },
                            KEEP::accept));
        }
    }

    @Test
    void doesNotHideErrorsOfTheMachine() {
        try (TokenCalls calls = new TokenCalls("test", 1, 1, PATIENT)) {
            assertThatThrownBy(() -> calls.call(
                            () -> {
                                throw new UnsatisfiedLinkError("no native code");
                            },
                            KEEP::accept))
                    .isInstanceOf(UnsatisfiedLinkError.class);
        }
    }

    @Test
    void stopsWaitingAndWipesALateAnswer() throws InterruptedException {
        CountDownLatch wiped = new CountDownLatch(1);
        byte[] secret = {1, 2, 3};
        try (TokenCalls calls = new TokenCalls("test", 1, 1, IMPATIENT)) {
            assertFault(
                    TokenFault.LATE,
                    () -> calls.call(
                            () -> {
                                await(hanging);
                                return secret;
                            },
                            late -> {
                                Arrays.fill(late, (byte) 0);
                                wiped.countDown();
                            }));
            hanging.countDown();
            assertThat(wiped.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(secret).containsOnly(0);
        }
    }

    @Test
    void refusesWhenAllThreadsAndPlacesAreTaken() {
        try (TokenCalls calls = new TokenCalls("test", 2, 1, IMPATIENT)) {
            for (int hangingCall = 0; hangingCall < 3; hangingCall++) {
                assertFault(TokenFault.LATE, () -> calls.call(() -> await(hanging), KEEP::accept));
            }
            assertFault(TokenFault.BUSY, () -> calls.call(() -> "answer", KEEP::accept));
        }
    }

    @Test
    void aCallThatGaveUpInTheQueueIsNotMade() {
        AtomicBoolean made = new AtomicBoolean();
        try (TokenCalls calls = new TokenCalls("test", 1, 1, IMPATIENT)) {
            assertFault(TokenFault.LATE, () -> calls.call(() -> await(hanging), KEEP::accept));
            assertFault(TokenFault.LATE, () -> calls.call(() -> made.getAndSet(true), KEEP::accept));
            hanging.countDown();
        }
        try (TokenCalls calls = new TokenCalls("test", 1, 1, PATIENT)) {
            assertThat(calls.call(() -> "the other pool works", KEEP::accept)).isNotNull();
        }
        assertThat(made).isFalse();
    }

    @Test
    void countsCallsThatDoNotComeBack() {
        try (TokenCalls calls = new TokenCalls("test", 2, 2, IMPATIENT)) {
            assertThat(calls.runningLongerThan(Duration.ZERO)).isZero();
            for (int call = 0; call < 3; call++) {
                assertFault(TokenFault.LATE, () -> calls.call(() -> await(hanging), KEEP::accept));
            }
            assertThat(calls.runningLongerThan(IMPATIENT))
                    .as("two are in threads, one waits")
                    .isEqualTo(2);
            assertThat(calls.runningLongerThan(PATIENT)).isZero();
        }
    }

    @Test
    void aCallThatCameBackIsNotCounted() {
        try (TokenCalls calls = new TokenCalls("test", 1, 1, PATIENT)) {
            assertFault(
                    TokenFault.KEY_MISSING,
                    () -> calls.call(
                            () -> {
                                throw new TokenException(TokenFault.KEY_MISSING, "no key");
                            },
                            KEEP::accept));
            assertThat(calls.call(() -> "the thread is free again", KEEP::accept))
                    .isNotNull();
            assertThat(calls.call(() -> calls.runningLongerThan(Duration.ZERO), KEEP::accept))
                    .as("this call alone")
                    .isEqualTo(1);
        }
    }

    @Test
    void anInterruptedCallerStopsWaitingAndStaysInterrupted() throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        try (TokenCalls calls = new TokenCalls("test", 1, 1, PATIENT)) {
            Thread caller = new Thread(() -> {
                try {
                    calls.call(() -> await(hanging), KEEP::accept);
                } catch (TokenException e) {
                    thrown.set(e);
                    interrupted.set(Thread.currentThread().isInterrupted());
                }
            });
            caller.start();
            caller.interrupt();
            caller.join(20_000);
        }
        assertThat(thrown.get()).isInstanceOf(TokenException.class);
        assertThat(interrupted).isTrue();
    }

    @Test
    void takesNothingAfterClose() {
        TokenCalls calls = new TokenCalls("test", 1, 1, PATIENT);
        calls.close();
        assertFault(TokenFault.BUSY, () -> calls.call(() -> "answer", KEEP::accept));
    }

    @Test
    void aTokenThatOpensTooLateIsClosed() throws InterruptedException {
        InMemoryHsm hsm = new InMemoryHsm("1234");
        CountDownLatch closed = new CountDownLatch(1);
        TokenOpener slow = (step, pin) -> {
            await(hanging);
            return new ClosingToken(hsm.opener("label").open(step, pin), closed);
        };
        assertFault(
                TokenFault.LATE,
                () -> BoundedToken.open(slow, RecoveryStep.PROVIDER, "1234".toCharArray(), IMPATIENT_SETTINGS));
        hanging.countDown();
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static String await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "late";
    }

    private static void assertFault(TokenFault fault, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TokenException.class, e -> assertThat(e.fault())
                .isEqualTo(fault));
    }
}
