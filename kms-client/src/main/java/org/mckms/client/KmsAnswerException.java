package org.mckms.client;

/** An answer came that the client cannot accept; {@link #fault()} says why. Nothing of it was kept. */
public class KmsAnswerException extends KmsClientException {
    private final AnswerFault fault;

    /** An answer that is none. */
    public KmsAnswerException(String message) {
        this(AnswerFault.MALFORMED, message);
    }

    /** An answer that is none. */
    public KmsAnswerException(String message, Throwable cause) {
        this(AnswerFault.MALFORMED, message, cause);
    }

    public KmsAnswerException(AnswerFault fault, String message) {
        super(message);
        this.fault = fault;
    }

    public KmsAnswerException(AnswerFault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    public final AnswerFault fault() {
        return fault;
    }
}
