package org.mckms.client.store;

/** The key store cannot be used. The text names the file and what to do; it never holds a secret. */
public final class ClientStoreException extends RuntimeException {
    /** What is wrong with the key store. */
    public enum Fault {
        /** There is no such file. */
        MISSING,
        /** The file to be created exists. */
        EXISTS,
        /** The passphrase or key is not that of this store. */
        WRONG_KEY,
        /** The file is cut, altered, or no key store. */
        DAMAGED,
        /** The file is older than the last one that was written: somebody put back a copy. */
        ROLLED_BACK,
        /** Another process, or another place in this one, has the store open. */
        IN_USE,
        /** The file was written by a later release. */
        LATER_FORMAT,
        /** The file system or the platform's key store failed. */
        NOT_ACCESSIBLE
    }

    private final Fault fault;

    public ClientStoreException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    public ClientStoreException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
