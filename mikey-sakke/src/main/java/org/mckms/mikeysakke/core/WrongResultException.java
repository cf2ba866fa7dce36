package org.mckms.mikeysakke.core;

/** A core did not give the result of the scalar core. */
final class WrongResultException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongResultException(CoreOperation operation) {
        super("wrong result of " + operation);
    }
}
