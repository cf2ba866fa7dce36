package org.mckms.platform.persistence;

/**
 * Has something written at the end of the running transaction, after its audit records. Whenever H2 writes, it writes the pages
 * that open transactions have touched too: what is written last is not written with the records already (decision 0027).
 */
@FunctionalInterface
public interface BeforeCommit {

    /**
     * @param write is run after all others that were given before; if it fails, so does the transaction
     * @throws IllegalStateException if there is no transaction
     */
    void run(Runnable write);
}
