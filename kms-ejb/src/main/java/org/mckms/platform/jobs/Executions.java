package org.mckms.platform.jobs;

/** Executions of batch jobs on this node. */
public interface Executions {

    /**
     * Starts an execution with this many partitions.
     *
     * @return its number
     */
    long start(String job, int partitions);

    /** Whether it has begun or is about to, and has not ended. */
    boolean isUnderWay(long execution);

    /** Asks it to end; it may have ended by itself. */
    void stop(long execution);

    /** Drops what is remembered of one that has ended. */
    void forget(long execution);
}
