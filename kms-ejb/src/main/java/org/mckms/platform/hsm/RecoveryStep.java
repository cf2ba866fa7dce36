package org.mckms.platform.hsm;

/** A way to get at a token again that stopped answering, from the mildest to the last resort. */
public enum RecoveryStep {
    /** Load the key store of the provider in use again. */
    RELOAD,
    /** Configure a new provider on the same library. */
    PROVIDER,
    /**
     * Configure a new provider on a copy of the library file under a fresh name. Some libraries never find a token again
     * in the process that lost it; a copy is a new library to the process.
     */
    COPY
}
