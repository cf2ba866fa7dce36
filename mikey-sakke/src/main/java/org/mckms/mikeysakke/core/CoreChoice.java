package org.mckms.mikeysakke.core;

import static java.util.Objects.requireNonNull;

/**
 * Which core serves, and why.
 *
 * @param core   the name of the core
 * @param reason what decided it, as half a sentence for operators
 */
public record CoreChoice(String core, String reason) {
    public CoreChoice {
        requireNonNull(core, "core");
        requireNonNull(reason, "reason");
    }
}
