package org.mckms.csc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The media types of annex D documents: the annex names none, deployed clients use the first and sometimes the second. */
public enum XmlMediaType {
    APPLICATION_XML("application/xml"),
    TEXT_XML("text/xml");

    /** Longest Accept or Content-Type that is read, in characters. */
    private static final int MAX_CHARACTERS = 1024;

    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]++";

    private static final String PARAMETER = TOKEN + "=(?:" + TOKEN + "|\"[^\"\\\\\\p{Cntrl}]*+\")";

    /** RFC 9110 clause 8.3.1: type, subtype, parameters. Possessive throughout: no input makes it backtrack. */
    private static final Pattern SYNTAX =
            Pattern.compile("(" + TOKEN + ")/(" + TOKEN + ")((?:\\s*+;\\s*+(?:" + PARAMETER + ")?+)*+)\\s*+");

    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset=\"?([^\";\\s]+)\"?");
    private static final Pattern QUALITY =
            Pattern.compile("(?i);\\s*q=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)\\s*(?:;|$)");
    private static final Pattern ANY_QUALITY = Pattern.compile("(?i);\\s*q=");

    private final String type;

    XmlMediaType(String type) {
        this.type = type;
    }

    /** The value of Content-Type for an answer. */
    String contentType() {
        return type + "; charset=UTF-8";
    }

    /** Whether a body of this Content-Type is read: one of the two types, in UTF-8. */
    public static boolean isRead(String contentType) {
        if (contentType.length() > MAX_CHARACTERS) {
            return false;
        }
        Matcher matcher = SYNTAX.matcher(contentType.strip());
        if (!matcher.matches()) {
            return false;
        }
        String name = (matcher.group(1) + "/" + matcher.group(2)).toLowerCase(Locale.ROOT);
        Matcher charset = CHARSET.matcher(matcher.group(3));
        boolean known = name.equals(APPLICATION_XML.type) || name.equals(TEXT_XML.type);
        boolean utf8 = true;
        while (charset.find()) {
            utf8 &= charset.group(1).equalsIgnoreCase("utf-8");
        }
        return known && utf8;
    }

    /**
     * Picks the type for an answer (RFC 9110 clause 12.5.1): the better liked one, application/xml if both are equal or
     * nothing is said.
     *
     * @param accept values of all Accept header fields
     * @return empty if neither is accepted or the field is malformed
     */
    static Optional<XmlMediaType> accepted(List<String> accept) {
        String all = String.join(",", accept);
        if (all.isBlank()) {
            return Optional.of(APPLICATION_XML);
        }
        if (all.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        int application = APPLICATION_XML.likedBy(all);
        int text = TEXT_XML.likedBy(all);
        if (application <= 0 && text <= 0) {
            return Optional.empty();
        }
        return Optional.of(application >= text ? APPLICATION_XML : TEXT_XML);
    }

    /** Quality in thousandths by the most specific range that matches, 0 if none does. */
    private int likedBy(String accept) {
        int bestSpecificity = -1;
        int quality = 0;
        for (String range : accept.split(",")) {
            Matcher matcher = SYNTAX.matcher(range.strip());
            if (!matcher.matches()) {
                continue;
            }
            int specificity = specificity(matcher.group(1), matcher.group(2));
            if (specificity > bestSpecificity) {
                bestSpecificity = specificity;
                quality = quality(matcher.group(3));
            }
        }
        return quality;
    }

    private int specificity(String rangeType, String rangeSubtype) {
        String range = (rangeType + "/" + rangeSubtype).toLowerCase(Locale.ROOT);
        if (range.equals(type)) {
            return 2;
        }
        if (range.equals(type.substring(0, type.indexOf('/')) + "/*")) {
            return 1;
        }
        return range.equals("*/*") ? 0 : -1;
    }

    private static int quality(String parameters) {
        Matcher matcher = QUALITY.matcher(parameters);
        if (matcher.find()) {
            return (int) Math.round(Double.parseDouble(matcher.group(1)) * 1000);
        }
        return ANY_QUALITY.matcher(parameters).find() ? 0 : 1000;
    }
}
