package org.mckms.client.cli;

/** The command line asks for something that makes no sense; nothing was done. Exit code 2. */
final class WrongUseException extends RuntimeException {
    WrongUseException(String message) {
        super(message);
    }
}
