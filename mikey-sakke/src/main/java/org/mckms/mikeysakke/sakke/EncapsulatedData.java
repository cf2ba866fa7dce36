package org.mckms.mikeysakke.sakke;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * SAKKE encapsulated data (RFC 6508 clause 4). Only the length is checked here; the point is checked when the data is opened, where
 * each fault gives the same answer.
 *
 * @param octets 273 octets: the uncompressed point R_(b,S) (257) followed by the hint H (16)
 */
public record EncapsulatedData(Octets octets) {
    /** Length of the data. */
    public static final int OCTETS = 273;

    private static final int POINT_OCTETS = 257;

    /**
     * Checks the length.
     *
     * @throws InvalidValueException if there are not 273 octets
     */
    public EncapsulatedData {
        if (octets.size() != OCTETS) {
            throw new InvalidValueException("SAKKE encapsulated data has 273 octets, not " + octets.size());
        }
    }

    static EncapsulatedData of(Octets r, Octets hint) {
        return new EncapsulatedData(r.concat(hint));
    }

    /** R_(b,S), 257 octets. */
    Octets point() {
        return octets.slice(0, POINT_OCTETS);
    }

    /** H, 16 octets. */
    Octets hint() {
        return octets.slice(POINT_OCTETS, OCTETS);
    }
}
