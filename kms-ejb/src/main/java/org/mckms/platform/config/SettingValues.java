package org.mckms.platform.config;

import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mckms.kms.domain.RegisteredIdentity;

/**
 * Typed access to the values of the settings. Collects one sentence per fault instead of stopping at the first; what it
 * returns for a faulty value has the right type and is never used, because the reader throws in the end.
 */
final class SettingValues {

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern LIST_SEPARATOR = Pattern.compile("[,\\s]+");

    private final Map<String, String> values;
    private final List<String> faults = new ArrayList<>();

    SettingValues(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    void fault(String sentence) {
        faults.add(sentence);
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    Iterable<String> keys() {
        return values.keySet();
    }

    Optional<String> optional(String key) {
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(v -> !v.isEmpty());
    }

    /** A required text; {@code advice} completes "set it to ...". */
    String required(String key, String advice) {
        return optional(key).orElseGet(() -> {
            fault(key + " is missing; set it to " + advice + ".");
            return "";
        });
    }

    /** A required URI of a KMS or of an identity: not longer than an identity may be, and without white space. */
    String identityUri(String key, String advice) {
        String uri = required(key, advice);
        checkIdentityUri(key, uri);
        return uri;
    }

    void checkIdentityUri(String key, String uri) {
        if (uri.length() > RegisteredIdentity.MAX_URI_CHARACTERS || uri.chars().anyMatch(Character::isWhitespace)) {
            fault(key + " must have at most " + RegisteredIdentity.MAX_URI_CHARACTERS
                    + " characters and no white space.");
        }
    }

    /** One of the constants of an enum, written in lower case with hyphens. */
    <E extends Enum<E>> E choice(String key, Class<E> type, Optional<E> byDefault) {
        E[] constants = type.getEnumConstants();
        String allowed = Arrays.stream(constants).map(SettingValues::word).collect(Collectors.joining(" or "));
        Optional<String> given = optional(key);
        if (given.isEmpty()) {
            return byDefault.orElseGet(() -> {
                fault(key + " is missing; set it to " + allowed + ".");
                return constants[0];
            });
        }
        for (E constant : constants) {
            if (word(constant).equals(given.get())) {
                return constant;
            }
        }
        fault(key + " is \"" + given.get() + "\"; it must be " + allowed + ".");
        return constants[0];
    }

    /** The word by which a constant is written in the settings. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** An ISO 8601 duration between two bounds, both included. */
    Duration duration(String key, Duration byDefault, Duration least, Duration most) {
        return parsed(key, byDefault, Duration::parse, "a duration such as " + byDefault)
                .filter(d -> within(key, d, least, most))
                .orElse(byDefault);
    }

    int integer(String key, int byDefault, int least, int most) {
        return parsed(key, byDefault, Integer::valueOf, "a whole number")
                .filter(n -> within(key, n, least, most))
                .orElse(byDefault);
    }

    private <T> Optional<T> parsed(String key, T byDefault, Function<String, T> parser, String what) {
        Optional<String> given = optional(key);
        if (given.isEmpty()) {
            return Optional.of(byDefault);
        }
        try {
            return Optional.of(parser.apply(given.get()));
        } catch (DateTimeParseException | NumberFormatException e) {
            fault(key + " is \"" + given.get() + "\"; it must be " + what + ".");
            return Optional.empty();
        }
    }

    private <T extends Comparable<T>> boolean within(String key, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            fault(key + " is " + value + "; it must lie between " + least + " and " + most + ".");
            return false;
        }
        return true;
    }

    boolean flag(String key) {
        String given = optional(key).orElse("false");
        if (!given.equals("true") && !given.equals("false")) {
            fault(key + " is \"" + given + "\"; it must be true or false.");
        }
        return given.equals("true");
    }

    /** Items between commas or white space, in order and without doubles; empty if the key is absent. */
    List<String> list(String key) {
        return optional(key)
                .map(v -> LIST_SEPARATOR
                        .splitAsStream(v)
                        .filter(i -> !i.isEmpty())
                        .distinct()
                        .toList())
                .orElse(List.of());
    }

    List<String> requiredList(String key, String advice) {
        List<String> items = list(key);
        if (items.isEmpty()) {
            fault(key + " is missing; set it to " + advice + ".");
        }
        return items;
    }

    Path requiredPath(String key, String advice) {
        String given = required(key, advice);
        try {
            Path path = Path.of(given);
            if (!given.isEmpty() && !path.isAbsolute()) {
                fault(key + " is \"" + given + "\"; it must be an absolute path.");
            }
            return path;
        } catch (InvalidPathException e) {
            fault(key + " is \"" + given + "\", which is no path; set it to " + advice + ".");
            return Path.of("");
        }
    }

    /** SHA-256 of a DER certificate as hex in any case, colons allowed; returned in lower case without colons. */
    String fingerprint(String key) {
        String given = required(key, "the SHA-256 of the DER certificate, 64 hex digits");
        String hex = given.replace(":", "").toLowerCase(Locale.ROOT);
        if (!given.isEmpty() && !FINGERPRINT.matcher(hex).matches()) {
            fault(key + " is no SHA-256 of a certificate; it must have 64 hex digits.");
        } else if (!given.isEmpty() && new BigInteger(hex, 16).signum() == 0) {
            fault(key + " is zero, which is the fingerprint of nothing; take it from the certificate itself.");
        }
        return hex;
    }

    /** An https URL without query, fragment, user and trailing slash. */
    void checkBaseUrl(String key, String url) {
        try {
            URI uri = new URI(url);
            if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
                fault(key + " contains \"" + url + "\"; each must be an https URL with a host.");
            } else if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
                fault(key + " contains \"" + url + "\"; it must have neither user, query nor fragment.");
            } else if (url.endsWith("/")) {
                fault(key + " contains \"" + url + "\"; remove the slash at its end.");
            }
        } catch (URISyntaxException e) {
            fault(key + " contains \"" + url + "\", which is no URL.");
        }
    }
}
