package org.mckms.client;

/** Root of the errors of the key management client. The text never holds a secret and may be shown to a person. */
public class KmsClientException extends RuntimeException {
    public KmsClientException(String message) {
        super(message);
    }

    public KmsClientException(String message, Throwable cause) {
        super(message, cause);
    }
}
