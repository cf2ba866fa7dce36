package org.mckms.csc.token;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An MC service ID as a token or a path gives it: an absolute URI in the characters of RFC 3986, at most 1024 of them.
 * The text is the identity, octet by octet; nothing here normalises it.
 */
public final class IdentityUri {

    /** Longest identity, in octets. */
    public static final int MAX_OCTETS = 1024;

    private static final Pattern SYNTAX =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):((?:[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+)");

    /** Schemes whose URIs name a user at a host, RFC 3261 clause 19.1.1, RFC 3859, RFC 3860 and RFC 6068. */
    private static final Set<String> AT_HOST_SCHEMES = Set.of("sip", "sips", "pres", "im", "mailto");

    private static final Pattern PERCENT_OCTET = Pattern.compile("%([0-9A-Fa-f]{2})");

    private final String text;
    private final String scheme;
    private final String rest;

    private IdentityUri(String text, String scheme, String rest) {
        this.text = text;
        this.scheme = scheme;
        this.rest = rest;
    }

    /** Reads an identity; empty if it is no absolute URI or too long. */
    public static Optional<IdentityUri> parse(String text) {
        if (text.length() > MAX_OCTETS) {
            return Optional.empty();
        }
        Matcher matcher = SYNTAX.matcher(text);
        return matcher.matches()
                ? Optional.of(new IdentityUri(text, matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2)))
                : Optional.empty();
    }

    /** The identity itself. */
    public String text() {
        return text;
    }

    /**
     * The domain the identity lies in, exactly as written: the host of {@code sip:user@host;...} and its like, or of
     * {@code scheme://host/...}. Empty if the URI has none ({@code tel:}, {@code urn:}) or more than one {@code @},
     * so that nobody can argue which host it is.
     */
    public Optional<String> domain() {
        String authority;
        if (AT_HOST_SCHEMES.contains(scheme)) {
            authority = rest.substring(rest.indexOf('@') + 1);
        } else if (rest.startsWith("//")) {
            authority = untilAny(rest.substring(2), "/?#");
            authority = authority.substring(authority.indexOf('@') + 1);
        } else {
            return Optional.empty();
        }
        String host = untilAny(authority, ":;?#/");
        boolean clear = rest.indexOf('@') == rest.lastIndexOf('@') && !host.isEmpty() && host.indexOf('%') < 0;
        return clear ? Optional.of(host) : Optional.empty();
    }

    /**
     * A coarse form under which look-alikes of one URI meet: percent-decoded once, lower case, without parameters.
     * For refusing only, never for finding keys.
     */
    String lookAlikeForm() {
        String decoded = PERCENT_OCTET
                .matcher(text)
                .replaceAll(octet -> Matcher.quoteReplacement(new String(
                        new byte[] {(byte) Integer.parseInt(octet.group(1), 16)}, StandardCharsets.ISO_8859_1)));
        return untilAny(decoded.toLowerCase(Locale.ROOT), ";?#");
    }

    private static String untilAny(String text, String stops) {
        for (int i = 0; i < text.length(); i++) {
            if (stops.indexOf(text.charAt(i)) >= 0) {
                return text.substring(0, i);
            }
        }
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
