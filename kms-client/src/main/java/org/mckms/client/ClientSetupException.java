package org.mckms.client;

/** The client cannot be set up as asked: a certificate, key or password file is missing or not usable. */
public final class ClientSetupException extends KmsClientException {
    public ClientSetupException(String message) {
        super(message);
    }

    public ClientSetupException(String message, Throwable cause) {
        super(message, cause);
    }
}
