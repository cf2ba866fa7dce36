package org.mckms.platform.hsm;

import java.util.List;
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

    /** One sentence for each way by which others could read the PIN where it is kept; empty if none was found. */
    default List<String> findings() {
        return List.of();
    }
}
