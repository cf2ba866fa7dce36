package org.mckms.platform.hsm;

import java.util.Optional;

/** Gives the PIN again when a lost token is recovered; nothing keeps it in between. */
@FunctionalInterface
public interface PinSource {

    /** Manual activation: there is no PIN without an operator. */
    PinSource NONE = Optional::empty;

    /**
     * Reads the PIN anew.
     *
     * @return a fresh array, which the caller wipes; empty if an operator has to give the PIN
     */
    Optional<char[]> read();
}
