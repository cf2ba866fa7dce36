package org.mckms.mikeysakke.pairing;

/** A step from n to 2n, 4n or 4n +- 1 on the way to q - 1. */
public enum LoopStep {
    DOUBLE(1, 0, 2),
    QUADRUPLE(2, 0, 4),
    QUADRUPLE_AND_ADD(2, 1, 5),
    QUADRUPLE_AND_SUBTRACT(2, -1, 5);

    private final int doublings;
    private final int digit;
    private final int coefficients;

    LoopStep(int doublings, int digit, int coefficients) {
        this.doublings = doublings;
        this.digit = digit;
        this.coefficients = coefficients;
    }

    /** How often n is doubled. */
    public int doublings() {
        return doublings;
    }

    /** What is added afterwards: -1, 0 or 1. */
    public int digit() {
        return digit;
    }

    /** How many coefficients the function of the step has that are not 0 or 1. */
    public int coefficients() {
        return coefficients;
    }
}
