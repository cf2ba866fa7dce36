package org.mckms.client;

/** No answer came: no connection, TLS not agreed, server certificate not trusted, or a time limit passed. */
public final class KmsUnreachableException extends KmsClientException {
    public KmsUnreachableException(String message) {
        super(message);
    }

    public KmsUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
