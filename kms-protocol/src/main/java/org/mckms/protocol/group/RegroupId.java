package org.mckms.protocol.group;

import java.util.regex.Pattern;
import org.mckms.mikeysakke.InvalidValueException;

/** The form of the name under which two group management servers speak of one regroup. */
final class RegroupId {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private RegroupId() {}

    /** Refuses what is not 1 to 64 letters, digits and hyphens of ASCII. */
    static String checked(String regroupId) {
        if (!FORM.matcher(regroupId).matches()) {
            throw new InvalidValueException("a regroup id is not 1 to 64 letters, digits and hyphens");
        }
        return regroupId;
    }

    /** Refuses a generation of keys below 1. */
    static long checkedGeneration(long generation) {
        if (generation < 1) {
            throw new InvalidValueException("generation " + generation + " of a regroup is below 1");
        }
        return generation;
    }
}
