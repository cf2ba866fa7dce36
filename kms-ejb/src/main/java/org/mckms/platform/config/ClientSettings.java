package org.mckms.platform.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.mckms.kms.domain.ClassPolicy;
import org.mckms.kms.domain.ClientKind;

/**
 * How clients protect their requests, and what protects their keys on the way.
 *
 * @param classes     what holds for devices without keys of their own, for every kind of client
 * @param rotateAfter age at which TrK and InK are replaced; empty: only when an operator orders it
 */
public record ClientSettings(Map<ClientKind, ClassPolicy> classes, Optional<Duration> rotateAfter) {

    public ClientSettings {
        classes = Map.copyOf(classes);
    }

    /** The policy of a kind of client. */
    public ClassPolicy of(ClientKind kind) {
        return classes.get(kind);
    }

    /** Whether some kind of client may be sent its private keys without a transport key. */
    public boolean plainKeysAllowed() {
        return classes.values().stream().anyMatch(ClassPolicy::plainKeysAllowed);
    }
}
