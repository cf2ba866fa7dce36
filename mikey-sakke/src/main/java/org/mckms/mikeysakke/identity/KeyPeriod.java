package org.mckms.mikeysakke.identity;

import org.mckms.mikeysakke.InvalidValueException;

/**
 * Number of a key period, counted from the NTP epoch in units of the period (TS 33.180 annex F.2.1).
 *
 * @param number 0 or more
 */
public record KeyPeriod(long number) {
    /**
     * Checks the range.
     *
     * @throws InvalidValueException if the number is negative
     */
    public KeyPeriod {
        if (number < 0) {
            throw new InvalidValueException("key period number is negative: " + number);
        }
    }

    /** The period after this one. */
    public KeyPeriod next() {
        if (number == Long.MAX_VALUE) {
            throw new InvalidValueException("no key period follows the last number");
        }
        return new KeyPeriod(number + 1);
    }

    /**
     * The period before this one.
     *
     * @throws InvalidValueException if this is period 0
     */
    public KeyPeriod previous() {
        return new KeyPeriod(number - 1);
    }
}
