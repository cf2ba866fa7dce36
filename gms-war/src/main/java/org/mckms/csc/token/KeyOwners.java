package org.mckms.csc.token;

import static org.mckms.csc.log.CscLog.LOG;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the keys of issuers apart. A key that two issuers publish proves neither: whoever may sign for one could sign for
 * the other, and what is refused to the one (a domain, a missing claim) be had from the other. Such a key verifies nothing
 * until one of the two has taken it out. Thread-safe.
 */
final class KeyOwners {

    private final List<TrustedIssuer> issuers;

    /** What is in the log already; no more than the issuers have keys, each counted once a start. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    KeyOwners(List<TrustedIssuer> issuers) {
        this.issuers = List.copyOf(issuers);
    }

    /** Whether another issuer publishes this key as well, by the last good set of each; says so in the log once. */
    boolean isShared(TrustedIssuer owner, String thumbprint) {
        boolean shared = false;
        for (TrustedIssuer other : issuers) {
            if (other != owner && other.keys().publishes(thumbprint)) {
                shared = true;
                if (told.add(thumbprint)) {
                    LOG.keyShared(
                            thumbprint,
                            owner.settings().name(),
                            other.settings().name());
                }
            }
        }
        return shared;
    }

    /** Says in the log which keys are shared now. */
    void report() {
        issuers.forEach(issuer -> issuer.keys().thumbprints().forEach(key -> isShared(issuer, key)));
    }
}
