package org.mckms.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.message.KmsCertificate;

/**
 * Keeps the keys of a client fresh in the background: fetches what is missing at once, the key sets of the next period
 * ahead of it, spread over the clients by chance, and looks for a new root certificate, new partner certificates and new
 * TrK and InK from time to time. While the KMS cannot be reached, or refuses, it tries again with growing pauses and what
 * is held stays in use.
 *
 * <p>Has one thread of its own; no method waits for the KMS. Safe for use by several threads. Close it before the store.
 */
public final class KeyRefresher implements AutoCloseable {
    /** Devices sleep and clocks are set: nothing is waited for longer without looking at the clock. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(15);

    private final KmsClient client;
    private final RefreshPolicy policy;
    private final RefreshListener listener;
    private final RefreshTimer timer;
    private final RandomGenerator random;
    private final Clock clock;

    // on the timer's thread only
    private long jitteredPeriod = -1;
    private double jitter;
    private Optional<Instant> nextCheck = Optional.empty();
    private int failures;
    private Instant notBefore = Instant.MIN;
    private Instant nextNotBefore = Instant.MIN;

    /** A refresher that does nothing until {@link #start}. */
    public KeyRefresher(KmsClient client, RefreshPolicy policy, RefreshListener listener, RandomGenerator random) {
        this(client, policy, listener, random, new ThreadTimer());
    }

    KeyRefresher(
            KmsClient client,
            RefreshPolicy policy,
            RefreshListener listener,
            RandomGenerator random,
            RefreshTimer timer) {
        this.client = client;
        this.policy = policy;
        this.listener = listener;
        this.random = random;
        this.timer = timer;
        this.clock = client.clock();
    }

    /** Begins, with a first look at once. */
    public void start() {
        timer.runAfter(Duration.ZERO, this::wake);
    }

    /**
     * Looks at once, whatever pause is under way.
     *
     * @return completed when the attempt ended; exceptionally if it failed
     */
    public CompletableFuture<Void> refreshNow() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            timer.runNow(() -> {
                nextCheck = Optional.empty();
                notBefore = Instant.MIN;
                nextNotBefore = Instant.MIN;
                wake().ifPresentOrElse(done::completeExceptionally, () -> done.complete(null));
            });
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(new KmsClientException("the refresher is closed", e));
        }
        return done;
    }

    /** Ends the background work; an exchange under way may still end. */
    @Override
    public void close() {
        timer.close();
    }

    /** One look: fetches what is due and sets the next look. */
    private Optional<KmsClientException> wake() {
        Instant now = clock.instant();
        Optional<KmsClientException> failure = Optional.empty();
        if (!now.isBefore(notBefore) && isDue(now)) {
            failure = attempt();
        }
        sleep();
        return failure;
    }

    private boolean isDue(Instant now) {
        return nextCheck.map(check -> !now.isBefore(check)).orElse(true) || lacksAt(now);
    }

    private Optional<KmsClientException> attempt() {
        try {
            refresh();
            failures = 0;
            notBefore = Instant.MIN;
            return Optional.empty();
        } catch (KmsClientException e) {
            return Optional.of(failed(e));
        } catch (RuntimeException e) {
            return Optional.of(failed(new KmsClientException("the keys could not be refreshed", e)));
        }
    }

    private KmsClientException failed(KmsClientException e) {
        failures++;
        notBefore = clock.instant().plus(pause());
        tell(e);
        return e;
    }

    private void refresh() {
        Optional<KmsCertificate> before = client.rootCertificate();
        KmsCertificate root = client.init();
        if (before.filter(old -> !old.equals(root)).isPresent()) {
            tell(() -> listener.rootChanged(root));
        }
        List<KeySetSummary> arrived = new ArrayList<>();
        Instant planned = clock.instant();
        RefreshPlan plan = plan(planned).orElseThrow();
        for (String user : plan.current()) {
            arrived.addAll(client.provision(user));
        }
        for (String user : plan.next()) {
            arrived.addAll(ofNextPeriod(user, plan.nextPeriod()));
        }
        if (!arrived.isEmpty()) {
            tell(() -> listener.keysArrived(arrived));
        }
        client.updatePartners();
        nextCheck = Optional.of(clock.instant().plus(jittered(policy.checkEvery())));
        if (lacksAt(planned) && lacksAt(clock.instant())) {
            throw new KmsClientException("the KMS gave other key sets than those that are missing");
        }
    }

    /** Over a boundary what was planned need not be what is given, and what is given need not be all that is wanted by then. */
    private boolean lacksAt(Instant moment) {
        return plan(moment).map(RefreshPlan::isDue).orElse(true);
    }

    /** A KMS need not serve a period before it begins: then half of the time until there passes before it is asked again. */
    private List<KeySetSummary> ofNextPeriod(String user, Instant begins) {
        try {
            return client.provision(user, begins);
        } catch (KmsRefusedException e) {
            if (e.code().orElse(0) != KmsErrorCode.KEY_PERIOD_UNAVAILABLE.code()) {
                throw e;
            }
            Instant now = clock.instant();
            nextNotBefore = now.plus(Duration.between(now, begins).dividedBy(2)).plus(policy.firstRetry());
            return List.of();
        }
    }

    private void sleep() {
        Instant now = clock.instant();
        Instant planned = plan(now).map(RefreshPlan::lookAgain).orElse(now);
        Instant wanted = nextCheck.filter(planned::isAfter).orElse(planned);
        if (isDue(now)) {
            wanted = now;
        }
        if (wanted.isBefore(notBefore)) {
            wanted = notBefore;
        }
        Duration delay = Duration.between(now, wanted);
        timer.runAfter(delay.compareTo(LONGEST_SLEEP) < 0 ? delay : LONGEST_SLEEP, this::wake);
    }

    private Optional<RefreshPlan> plan(Instant now) {
        return client.rootCertificate().map(root -> {
            long period = root.schedule().at(now).number();
            if (period != jitteredPeriod) {
                jitteredPeriod = period;
                jitter = random.nextDouble();
            }
            RefreshPlan plan = RefreshPlan.of(root, client.held(), client.identities(), now, policy.ahead(), jitter);
            return now.isBefore(nextNotBefore) ? plan.withoutNext(nextNotBefore) : plan;
        });
    }

    /** Doubled with each failure up to the longest, half of it by chance. */
    private Duration pause() {
        Duration pause = policy.firstRetry();
        for (int i = 1; i < failures && pause.compareTo(policy.longestRetry()) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return half(pause.compareTo(policy.longestRetry()) < 0 ? pause : policy.longestRetry());
    }

    private Duration half(Duration longest) {
        return longest.dividedBy(2).plusMillis((long) (longest.toMillis() / 2 * random.nextDouble()));
    }

    /** Between nine tenths and the whole. */
    private Duration jittered(Duration whole) {
        return whole.minusMillis((long) (whole.toMillis() / 10 * random.nextDouble()));
    }

    private void tell(KmsClientException e) {
        tell(() -> listener.failed(e, notBefore));
        if (e instanceof KmsRefusedException refused && refused.needsRegistration()) {
            tell(() -> listener.registrationNeeded(refused));
        }
        Instant now = clock.instant();
        List<KeySetSummary> held = client.held();
        client.identities().stream()
                .filter(user -> held.stream().noneMatch(keys -> keys.userUri().equals(user) && keys.contains(now)))
                .forEach(user -> tell(() -> listener.withoutKeys(user)));
    }

    /** A listener that fails is no reason to stop; its fault goes where those of threads go. */
    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            Thread here = Thread.currentThread();
            here.getUncaughtExceptionHandler().uncaughtException(here, e);
        }
    }
}
