package org.mckms.client;

/** An answer came that the client cannot accept: not well formed, too large, or not an answer to what was asked. */
public final class KmsAnswerException extends KmsClientException {
    public KmsAnswerException(String message) {
        super(message);
    }

    public KmsAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
