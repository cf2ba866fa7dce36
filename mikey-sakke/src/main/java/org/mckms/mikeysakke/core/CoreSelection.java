package org.mckms.mikeysakke.core;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Looks once, in the background, for a core that is better than the scalar one. Whatever goes wrong there ends in a
 * {@link CoreChoice} for the scalar core; so does a candidate that hangs: its thread is left behind and its result ignored.
 */
final class CoreSelection implements AutoCloseable {
    private final Iterable<SakkeCoreProvider> providers;
    private final CoreTrial trial;
    private final SecureRandom random;
    private final Duration limit;
    private final Consumer<CoreChoice> listener;
    private final List<Thread> started = new ArrayList<>();
    private CoreChoice choice;
    private boolean closed;

    /**
     * @param providers asked in their order; to iterate over them may fail in any way
     * @param random    for the candidates; thread safe
     * @param limit     for all candidates together, in a wall clock's time
     * @param listener  told once, unless the selection is closed before
     */
    CoreSelection(
            Iterable<SakkeCoreProvider> providers,
            CoreTrial trial,
            SecureRandom random,
            Duration limit,
            Consumer<CoreChoice> listener) {
        this.providers = requireNonNull(providers, "providers");
        this.trial = requireNonNull(trial, "trial");
        this.random = requireNonNull(random, "random");
        this.limit = requireNonNull(limit, "limit");
        this.listener = requireNonNull(listener, "listener");
    }

    /**
     * @param threads makes two threads, one for the cores and one that watches the time
     * @param prepare comes first
     * @param adopt   makes everything ready for a core and returns the step by which it begins to serve
     */
    synchronized void start(
            ThreadFactory threads, SakkeCore scalar, Runnable prepare, Function<SakkeCore, Runnable> adopt) {
        Thread candidates = daemon(threads, "sakke-core-trial", () -> prepareAndSelect(scalar, prepare, adopt));
        Thread watch = daemon(threads, "sakke-core-watch", () -> watch(candidates, scalar));
        started.addAll(List.of(candidates, watch));
        started.forEach(Thread::start);
    }

    /** How the selection ended; empty while it goes on, and for good if it was closed before. */
    synchronized Optional<CoreChoice> choice() {
        return Optional.ofNullable(choice);
    }

    /** Ends the selection without a choice, if there is none yet. */
    @Override
    public synchronized void close() {
        closed = true;
        started.forEach(Thread::interrupt);
    }

    private static Thread daemon(ThreadFactory threads, String name, Runnable work) {
        Thread thread = threads.newThread(work);
        thread.setName(name);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    private void watch(Thread candidates, SakkeCore scalar) {
        try {
            candidates.join(limit.toMillis());
        } catch (InterruptedException e) {
            return; // closed
        }
        String reason = "the trial of other cores did not end within " + limit.toSeconds() + " s";
        if (decide(new CoreChoice(scalar.name(), reason), () -> {})) {
            candidates.interrupt();
        }
    }

    private void prepareAndSelect(SakkeCore scalar, Runnable prepare, Function<SakkeCore, Runnable> adopt) {
        try {
            prepare.run();
        } catch (RuntimeException
                | Error e) { // nothing serves then, and a faster core would not be checked by anything
            decide(new CoreChoice(scalar.name(), "it cannot be used: " + e), () -> {});
            return;
        }
        select(scalar, adopt);
    }

    private void select(SakkeCore scalar, Function<SakkeCore, Runnable> adopt) {
        List<String> objections = new ArrayList<>();
        try {
            for (SakkeCoreProvider provider : providers) {
                Optional<String> objection = objection(provider, scalar, adopt);
                if (objection.isEmpty()) {
                    return;
                }
                objections.add(provider.name() + ": " + objection.get());
            }
        } catch (RuntimeException | Error e) { // whatever a class path has to offer, the server works
            objections.add(unloadable(e));
        }
        String reason = objections.isEmpty() ? "no other core is installed" : String.join("; ", objections);
        decide(new CoreChoice(scalar.name(), reason), () -> {});
    }

    /** What speaks against the provider's core; empty if it serves now, or if nobody waits for it any more. */
    private Optional<String> objection(
            SakkeCoreProvider provider, SakkeCore scalar, Function<SakkeCore, Runnable> adopt) {
        try {
            Optional<String> obstacle = provider.obstacle();
            if (obstacle.isPresent()) {
                return obstacle;
            }
            SakkeCore candidate = provider.create(random);
            CoreTrial.Verdict verdict = trial.of(candidate, scalar);
            if (!verdict.passed()) {
                return Optional.of(verdict.finding());
            }
            decide(new CoreChoice(candidate.name(), verdict.finding()), adopt.apply(candidate));
            return Optional.empty();
        } catch (RuntimeException | Error e) { // a core that breaks, in whatever way, does not serve
            return Optional.of("it failed: " + e);
        }
    }

    private static String unloadable(Throwable e) {
        return e instanceof UnsupportedClassVersionError
                ? "another core is installed, but made for a newer JDK than "
                        + Runtime.version().feature()
                : "another core is installed, but cannot be loaded: " + e;
    }

    private boolean decide(CoreChoice decided, Runnable serve) {
        synchronized (this) {
            if (closed || choice != null) {
                return false;
            }
            serve.run();
            choice = decided;
        }
        listener.accept(decided);
        return true;
    }
}
