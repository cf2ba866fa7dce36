package org.mckms.mikeysakke.timing;

/** An operation on a secret, to be timed for secrets of each {@link InputClass}. */
interface TimedOperation {
    /** How the operation is called in the report. */
    String name();

    /**
     * Brings a secret to where {@link #run} finds it: to the same addresses for all classes. Not timed.
     *
     * @param index chooses among the secrets of the class, of which a fixed class has copies
     */
    void prepare(InputClass inputs, int index);

    /** What is timed; should take 5 us at least. */
    void run();
}
