package org.mckms.fuzz;

/**
 * One reader and the properties that hold whatever it reads. Each implementation also has a static method {@code
 * fuzzerTestOneInput(byte[])}, by which a fuzzer calls it.
 */
public interface Target {
    /**
     * Reads one input. What a reader may refuse with is caught here; everything else that it throws is a finding.
     *
     * @return whether it was accepted
     * @throws AssertionError if it was accepted and a property does not hold
     */
    boolean accepts(byte[] input);

    /** Says that a property does not hold. */
    static void require(boolean property, String name) {
        if (!property) {
            throw new AssertionError(name);
        }
    }
}
