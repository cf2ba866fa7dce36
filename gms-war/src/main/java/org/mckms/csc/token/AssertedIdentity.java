package org.mckms.csc.token;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads X-3GPP-Asserted-Identity (TS 24.109 clause G.3): a URI, which may stand in quotation marks, in angle brackets, or
 * in both. One URI; of a list nobody could say which one is meant.
 */
final class AssertedIdentity {

    private static final Pattern FORM = Pattern.compile("(\"?)(<?)([^\"<>,\\s]+)(>?)\\1");

    private AssertedIdentity() {}

    /** The URI as written; empty if the value is anything but one URI. */
    static Optional<String> uriIn(String value) {
        Matcher matcher = FORM.matcher(value.strip());
        return matcher.matches()
                        && matcher.group(2).isEmpty() == matcher.group(4).isEmpty()
                ? Optional.of(matcher.group(3))
                : Optional.empty();
    }
}
