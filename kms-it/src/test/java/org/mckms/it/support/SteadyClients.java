package org.mckms.it.support;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Users who ask for their keys one after the other, at the same time as others, until they are told to stop. */
public final class SteadyClients implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final Kms kms;
    private final Queue<Answered> answers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final ExecutorService threads;
    private final List<Future<?>> running = new ArrayList<>();

    private SteadyClients(Kms kms, int users) {
        this.kms = kms;
        this.threads = Executors.newFixedThreadPool(users);
    }

    /** One request and what became of it. */
    public record Answered(String user, Instant asked, Duration took, Reply reply) {
        public int status() {
            return reply.status();
        }

        @Override
        public String toString() {
            return status() + " after " + took + " for " + user + ", asked " + asked;
        }

        public Instant ended() {
            return asked.plus(took);
        }
    }

    public static SteadyClients of(Kms kms, int users, String name) {
        SteadyClients clients = new SteadyClients(kms, users);
        for (int i = 0; i < users; i++) {
            String user = "sip:" + name + "-" + i + "@example.org";
            clients.running.add(clients.threads.submit(() -> clients.ask(user)));
        }
        return clients;
    }

    private void ask(String user) {
        try {
            do {
                String token = kms.idm().user(user);
                Instant asked = Instant.now();
                long begin = System.nanoTime();
                Reply reply = kms.csc().post("/keyprov", token);
                answers.add(new Answered(user, asked, Duration.ofNanos(System.nanoTime() - begin), reply));
            } while (!stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was answered to requests that were under way at that time or began later. */
    public List<Answered> since(Instant begin) {
        return answers.stream().filter(answer -> answer.ended().isAfter(begin)).toList();
    }

    /** Waits until a request that was sent after {@code begin} was answered with keys. */
    public void awaitKeys(Instant begin, Duration limit) {
        Await.that("keys again", limit, () -> answers.stream()
                .anyMatch(answer -> answer.asked().isAfter(begin) && answer.status() == 200));
    }

    /** Stops, and tells what was answered; fails if a request was not answered at all. */
    public Collection<Answered> stop() {
        stop.countDown();
        for (Future<?> each : running) {
            try {
                each.get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new AssertionError("a request was not answered", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
        return List.copyOf(answers);
    }

    @Override
    public void close() {
        stop.countDown();
        threads.shutdownNow();
    }
}
