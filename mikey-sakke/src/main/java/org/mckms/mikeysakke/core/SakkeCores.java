package org.mckms.mikeysakke.core;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/** Where a server gets its core from. */
public final class SakkeCores {
    /** How long a candidate may take to become warm. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** After which a candidate is left behind, whatever it does. */
    private static final Duration LIMIT = PATIENCE.multipliedBy(2);

    private SakkeCores() {}

    /**
     * The scalar core, which serves at once, and a trial in the background of what the {@link SakkeCoreProvider}s offer that lie beside
     * this class. A faster core that passes serves from then on.
     *
     * @param random   for the trial, and for what a core blinds; thread safe
     * @param threads  makes the two threads of the trial, daemons of low priority that end with it
     * @param listener told once how the trial ended, in one of these threads, unless the core was closed before
     * @return to be closed, which ends the trial
     */
    public static SelectedSakkeCore select(SecureRandom random, ThreadFactory threads, Consumer<CoreChoice> listener) {
        CoreSelection selection = new CoreSelection(
                ServiceLoader.load(SakkeCoreProvider.class, SakkeCoreProvider.class.getClassLoader()),
                new CoreTrial(random, PATIENCE),
                random,
                LIMIT,
                listener);
        SelectedSakkeCore core = new SelectedSakkeCore(new ScalarSakkeCore(random), selection);
        core.start(threads);
        return core;
    }
}
