package org.mckms.gms.domain.regroup;

import org.mckms.mikeysakke.InvalidValueException;

/**
 * How the partner's members fare with the keys of one generation.
 *
 * @param acknowledged those of the members that hold all keys
 * @param failed       those that answered an error
 */
public record RegroupCounts(int members, int acknowledged, int failed) {

    /** Nothing is known yet. */
    public static final RegroupCounts NONE = new RegroupCounts(0, 0, 0);

    public RegroupCounts {
        if (members < 0 || acknowledged < 0 || failed < 0 || (long) acknowledged + failed > members) {
            throw new InvalidValueException(
                    acknowledged + " and " + failed + " are no parts of " + members + " members");
        }
    }

    /** Members that have answered, well or not. */
    public int answered() {
        return acknowledged + failed;
    }

    /** The state that these counts make. */
    public RegroupState state() {
        if (answered() < members) {
            return RegroupState.STORED;
        }
        return members > 0 && failed == members ? RegroupState.FAILED : RegroupState.SETTLED;
    }
}
