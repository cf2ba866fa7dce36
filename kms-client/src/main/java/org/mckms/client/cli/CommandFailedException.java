package org.mckms.client.cli;

import java.util.Optional;

/** A command cannot be carried out, for a reason found on this machine. Exit code 1. */
final class CommandFailedException extends RuntimeException {
    private final Optional<String> hint;

    CommandFailedException(String message) {
        super(message);
        this.hint = Optional.empty();
    }

    /** @param hint what to do next */
    CommandFailedException(String message, String hint) {
        super(message);
        this.hint = Optional.of(hint);
    }

    Optional<String> hint() {
        return hint;
    }
}
