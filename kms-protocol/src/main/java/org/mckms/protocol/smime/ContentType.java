package org.mckms.protocol.smime;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mckms.protocol.error.KmsException;

/**
 * A Content-Type taken apart (RFC 2045 clause 5.1).
 *
 * @param mediaType type and subtype in lower case
 * @param parameters values as they are meant, by name in lower case
 */
public record ContentType(String mediaType, Map<String, String> parameters) {
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`{|}~-]+";
    private static final Pattern TYPE = Pattern.compile("\\s*(" + TOKEN + "/" + TOKEN + ")\\s*");
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*;\\s*(" + TOKEN + ")\\s*=\\s*(?:(" + TOKEN + ")|\"((?:[^\"\\\\]|\\\\.)*)\")\\s*");
    private static final Pattern TRAILING = Pattern.compile("\\s*;?\\s*");
    private static final Pattern QUOTED_PAIR = Pattern.compile("\\\\(.)");

    public ContentType {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Reads the value of a header field.
     *
     * @throws KmsException MALFORMED_REQUEST if it is none, or a parameter comes twice
     */
    public static ContentType parse(String value) {
        Matcher type = TYPE.matcher(value);
        if (!type.lookingAt()) {
            throw malformed();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        int at = type.end();
        Matcher parameter = PARAMETER.matcher(value);
        while (parameter.region(at, value.length()).lookingAt()) {
            String name = parameter.group(1).toLowerCase(Locale.ROOT);
            if (parameters.putIfAbsent(name, value(parameter)) != null) {
                throw new KmsException(MALFORMED_REQUEST, "a Content-Type has the parameter " + name + " twice");
            }
            at = parameter.end();
        }
        if (!TRAILING.matcher(value.substring(at)).matches()) {
            throw malformed();
        }
        return new ContentType(type.group(1).toLowerCase(Locale.ROOT), parameters);
    }

    /** The value of a parameter. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Whether such content is XML: {@code application/xml}, {@code text/xml}, or a type with the suffix (RFC 7303). */
    public boolean isXml() {
        return mediaType.endsWith("+xml") || mediaType.equals("application/xml") || mediaType.equals("text/xml");
    }

    private static String value(Matcher parameter) {
        return parameter.group(2) != null
                ? parameter.group(2)
                : QUOTED_PAIR.matcher(parameter.group(3)).replaceAll("$1");
    }

    private static KmsException malformed() {
        return new KmsException(MALFORMED_REQUEST, "a Content-Type is not a type with parameters");
    }
}
