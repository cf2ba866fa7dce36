package org.mckms.platform.persistence;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;

/** What the transactions of the container write last; {@link TransactionRunner} has it written. */
@ApplicationScoped
public class LastWrites implements BeforeCommit {

    private static final String KEY = LastWrites.class.getName();

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry present;

    @Override
    public void run(Runnable write) {
        if (present.getResource(KEY) == null) {
            present.putResource(KEY, new ArrayList<Runnable>());
        }
        writes().add(write);
    }

    /** Writes what the running transaction was given. */
    void write() {
        if (present.getResource(KEY) != null) {
            writes().forEach(Runnable::run);
        }
    }

    @SuppressWarnings("unchecked")
    private List<Runnable> writes() {
        return (List<Runnable>) present.getResource(KEY);
    }
}
