package org.mckms.gms.domain;

import java.util.Locale;
import org.mckms.mikeysakke.InvalidValueException;

/** Limits of what names groups and members. */
public final class GroupUris {

    /** Longest URI of a group, a member or a KMS; what has a longer one cannot have keys of a KMS either. */
    public static final int MAX_CHARACTERS = 512;

    private GroupUris() {}

    /**
     * Passes if a text can be the URI of something: 1 to {@link #MAX_CHARACTERS} visible ASCII characters.
     *
     * @throws InvalidValueException if not
     */
    static void check(String uri, String what) {
        if (uri.isEmpty() || uri.length() > MAX_CHARACTERS) {
            throw new InvalidValueException("the URI of a " + what + " has " + uri.length() + " characters, 1 to "
                    + MAX_CHARACTERS + " are accepted");
        }
        if (!uri.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new InvalidValueException("the URI of a " + what + " has a character that URIs do not have");
        }
    }

    /** Whether two URIs lie in the same domain: what follows the last {@code @}, up to port, parameters or headers, in any case. */
    public static boolean areOfOneDomain(String one, String other) {
        return domainOf(one).equals(domainOf(other));
    }

    private static String domainOf(String uri) {
        return uri.substring(uri.lastIndexOf('@') + 1).split("[:;?/]", 2)[0].toLowerCase(Locale.ROOT);
    }

    static void checkPositive(long number, String what) {
        if (number < 1) {
            throw new InvalidValueException("the " + what + " is counted from 1");
        }
    }
}
