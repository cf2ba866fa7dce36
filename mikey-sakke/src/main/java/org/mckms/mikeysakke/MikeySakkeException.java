package org.mckms.mikeysakke;

/** Root of the errors that this library reports; its texts never contain secret values. */
public class MikeySakkeException extends RuntimeException {
    /**
     * Reports a fault.
     *
     * @param message what failed, without secret values
     */
    public MikeySakkeException(String message) {
        super(message);
    }

    /**
     * Reports a fault that another one caused.
     *
     * @param message what failed, without secret values
     * @param cause kept for diagnosis
     */
    public MikeySakkeException(String message, Throwable cause) {
        super(message, cause);
    }
}
