package org.mckms.mikeysakke.core;

import java.security.SecureRandom;
import java.util.Optional;

/**
 * Offers another {@link SakkeCore} than the scalar one; found by {@link java.util.ServiceLoader}. An offer is only used after it has
 * passed the trial of {@link SelectedSakkeCore}, so a provider checks nothing but whether it can run at all.
 */
public interface SakkeCoreProvider {
    /** What is offered, in a few words that stand in front of a reason in a log line. */
    String name();

    /** Why the core cannot run in this JVM or on this machine, as half a sentence; empty if it can. Takes no time. */
    Optional<String> obstacle();

    /**
     * The core. Called at most once, in a thread of its own, and only if there is no obstacle.
     *
     * @param random for whatever the core has to blind later; thread safe
     */
    SakkeCore create(SecureRandom random);
}
