package org.mckms.mikeysakke;

/** Public input is malformed or out of range: wrong length, bad hex digit, negative period. */
public final class InvalidValueException extends MikeySakkeException {
    /**
     * Reports a fault.
     *
     * @param message names the value and the limit it breaks
     */
    public InvalidValueException(String message) {
        super(message);
    }

    /**
     * Reports a fault that another one caused.
     *
     * @param message names the value and the limit it breaks
     * @param cause kept for diagnosis
     */
    public InvalidValueException(String message, Throwable cause) {
        super(message, cause);
    }
}
