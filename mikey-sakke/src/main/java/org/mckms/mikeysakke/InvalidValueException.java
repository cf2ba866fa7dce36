package org.mckms.mikeysakke;

/** Public input is malformed or out of range: wrong length, bad hex digit, negative period. */
public final class InvalidValueException extends MikeySakkeException {
    private static final long serialVersionUID = 1L;

    /** @param message names the value and the limit it breaks */
    public InvalidValueException(String message) {
        super(message);
    }

    /**
     * @param message names the value and the limit it breaks
     * @param cause kept for diagnosis
     */
    public InvalidValueException(String message, Throwable cause) {
        super(message, cause);
    }
}
