package org.mckms.csc.group;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.mckms.csc.RawPath;
import org.mckms.protocol.error.KmsException;

/** The query of a request: names that are expected, each once, their values percent-decoded once. */
final class GroupQuery {

    /** Longest page. */
    static final int MAX_LIMIT = 500;

    private static final int DEFAULT_LIMIT = 50;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final Map<String, String> values;

    private GroupQuery(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a query.
     *
     * @param raw      as it came, null if there is none
     * @param expected names that may be there
     * @throws KmsException MALFORMED_REQUEST
     */
    static GroupQuery parse(String raw, Set<String> expected) {
        Map<String, String> values = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                if (equals < 0 || !expected.contains(name)) {
                    throw malformed("the query has a name that is not known here; known are "
                            + expected.stream().sorted().toList());
                }
                if (values.put(name, RawPath.decoded(pair.substring(equals + 1))) != null) {
                    throw malformed("the query has " + name + " twice");
                }
            }
        }
        return new GroupQuery(values);
    }

    /** A text; empty if it is not there. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A number of up to nine digits; empty if it is not there. */
    Optional<Integer> number(String name) {
        return text(name).map(value -> number(name, value));
    }

    /** The length of a page, 1 to 500, 50 if nothing is said. */
    int limit() {
        int limit = number("limit").orElse(DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw malformed("limit must be 1 to " + MAX_LIMIT);
        }
        return limit;
    }

    private static int number(String name, String value) {
        if (!NUMBER.matcher(value).matches()) {
            throw malformed(name + " must be a whole number of up to nine digits");
        }
        return Integer.parseInt(value);
    }

    private static KmsException malformed(String why) {
        return new KmsException(MALFORMED_REQUEST, why);
    }
}
