package org.mckms.admin;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.error.KmsException;

/** Reads values out of requests; whatever does not fit is MALFORMED_REQUEST with the name of the parameter. */
final class Parameters {

    /** Longest identity, certificate URI and other URI, in characters. */
    static final int MAX_URI = RegisteredIdentity.MAX_URI_CHARACTERS;

    /** Longest reason given by an operator, in characters. */
    static final int MAX_REASON = RegisteredIdentity.MAX_REASON_CHARACTERS;

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern KEY_ID = Pattern.compile("[0-9A-Fa-f]{8}");
    private static final Pattern CEK_ID = Pattern.compile("[0-9A-Fa-f]{32}");

    private Parameters() {}

    /** Number of entries of a page: 1 to 500, 50 if nothing is said. */
    static int limit(String value) {
        if (value == null) {
            return DEFAULT_LIMIT;
        }
        long limit = number("limit", value);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw malformed("limit must be 1 to " + MAX_LIMIT);
        }
        return (int) limit;
    }

    /** A position in the audit trail: 0 or more, 0 if nothing is said. */
    static long position(String value) {
        return value == null ? 0 : number("after", value);
    }

    /** The number of an item of a list: 0 or more, 0 if nothing is said. */
    static int itemNumber(String name, String value) {
        return value == null ? 0 : (int) Math.min(Integer.MAX_VALUE, number(name, value));
    }

    /** A reason in a query. */
    static String reason(String value) {
        if (value == null
                || value.isBlank()
                || value.length() > MAX_REASON
                || value.chars().anyMatch(Character::isISOControl)) {
            throw malformed("reason must be a text of 1 to " + MAX_REASON + " printable characters");
        }
        return value;
    }

    /** A duration such as {@code P7D}. */
    static Duration duration(String name, String value) {
        try {
            return Duration.parse(value);
        } catch (DateTimeParseException e) {
            throw malformed(name + " must be a duration such as P7D");
        }
    }

    /** A URI in a query. */
    static String uri(String name, String value) {
        return optionalUri(name, value).orElseThrow(() -> malformed(name + " is missing"));
    }

    /** A URI in a query, which may be missing. */
    static Optional<String> optionalUri(String name, String value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value.isEmpty() || value.length() > MAX_URI || !value.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw malformed(name + " must be a URI of 1 to " + MAX_URI + " printable ASCII characters");
        }
        return Optional.of(value);
    }

    /** A constant by its name, in upper or lower case. */
    static <E extends Enum<E>> E constant(Class<E> type, String name, String value) {
        try {
            return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw malformed(name + " must be one of " + Arrays.toString(type.getEnumConstants()));
        }
    }

    /** A moment in UTC, {@code 2026-03-01T00:00:00Z}. */
    static Instant time(String name, String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw malformed(name + " must be a time such as 2026-03-01T00:00:00Z");
        }
    }

    /** A UUID in lower case. */
    static UUID uuid(String name, String value) {
        if (!UUID_FORM.matcher(value).matches()) {
            throw malformed(name + " must be a UUID in lower case");
        }
        return UUID.fromString(value);
    }

    /** The identifier of a key, 8 hex digits. */
    static KeyIdentifier keyId(String name, String value) {
        if (!KEY_ID.matcher(value).matches()) {
            throw malformed(name + " must be 8 hex digits");
        }
        return KeyIdentifier.of(Octets.fromHex(value));
    }

    /** The Key ID of a content encryption key, 32 hex digits. */
    static Octets cekId(String name, String value) {
        if (!CEK_ID.matcher(value).matches()) {
            throw malformed(name + " must be 32 hex digits");
        }
        return Octets.fromHex(value);
    }

    /**
     * Makes a value that checks itself.
     *
     * @throws KmsException MALFORMED_REQUEST with the text of the check that failed
     */
    static <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (MikeySakkeException e) {
            throw new KmsException(MALFORMED_REQUEST, e.getMessage(), e);
        }
    }

    private static long number(String name, String value) {
        if (!value.matches("[0-9]{1,18}")) {
            throw malformed(name + " must be a whole number");
        }
        return Long.parseLong(value);
    }

    private static KmsException malformed(String why) {
        return new KmsException(MALFORMED_REQUEST, why);
    }
}
