package org.mckms.platform.persistence;

/** Has something done once the running transaction has committed, and not if it fails. */
@FunctionalInterface
public interface AfterCommit {

    /**
     * @param act short, and never fails
     * @throws IllegalStateException if there is no transaction
     */
    void run(Runnable act);
}
