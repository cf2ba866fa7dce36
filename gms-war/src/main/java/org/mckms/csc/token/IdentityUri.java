package org.mckms.csc.token;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.mikeysakke.InvalidValueException;

/**
 * An MC service ID as a token or a path gives it: an absolute URI in the characters of RFC 3986 without {@code %}, at most
 * 512 of them. The text is the identity, octet by octet; nothing here normalises it.
 *
 * <p>A {@code %} is refused because a path could not name such an identity without doubt: the one decoding of its segment
 * must give the identity, and what still has a {@code %} then may be the name of one user or another's encoded twice.
 */
public final class IdentityUri {

    /** Longest identity, in octets. */
    public static final int MAX_OCTETS = RegisteredIdentity.MAX_URI_CHARACTERS;

    private static final Pattern SYNTAX =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):([A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=-]+)");

    /** Schemes whose URIs name a user at a host, RFC 3261 clause 19.1.1, RFC 3859, RFC 3860 and RFC 6068. */
    private static final Set<String> AT_HOST_SCHEMES = Set.of("sip", "sips", "pres", "im", "mailto");

    private static final String END_OF_HOST = ":;?#/";

    private final String text;
    private final String scheme;
    private final String rest;

    private IdentityUri(String text, String scheme, String rest) {
        this.text = text;
        this.scheme = scheme;
        this.rest = rest;
    }

    /**
     * Reads an identity.
     *
     * @throws InvalidValueException with a text that goes on after "the identity" and repeats nothing of it, if it is too
     *     long, has a {@code %}, or is no absolute URI
     */
    public static IdentityUri parse(String text) {
        if (text.length() > MAX_OCTETS) {
            throw new InvalidValueException("is longer than " + MAX_OCTETS + " characters");
        }
        if (text.indexOf('%') >= 0) {
            throw new InvalidValueException("has a '%'; identities here are written without percent-encoding");
        }
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidValueException("is no absolute URI");
        }
        return new IdentityUri(text, matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2));
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
        String host = untilAny(authority, END_OF_HOST);
        boolean clear = rest.indexOf('@') == rest.lastIndexOf('@') && !host.isEmpty();
        return clear ? Optional.of(host) : Optional.empty();
    }

    /**
     * A coarse form under which look-alikes of one URI meet: {@code user@host} in lower case, whatever the scheme, without
     * password, port, parameters and header fields; for a URI without user the host and its path. For refusing only, never
     * for finding keys.
     */
    String lookAlikeForm() {
        String lower = rest.toLowerCase(Locale.ROOT);
        boolean hasHost = AT_HOST_SCHEMES.contains(scheme) || lower.startsWith("//");
        if (!hasHost) {
            return scheme + ":" + untilAny(lower, ";?#");
        }
        String bare = lower.startsWith("//") ? lower.substring(2) : lower;
        int at = bare.indexOf('@');
        String user = untilAny(bare.substring(0, Math.max(at, 0)), ":;?");
        String hostAndMore = untilAny(bare.substring(at + 1), ";?#");
        String host = untilAny(hostAndMore, END_OF_HOST);
        if (!user.isEmpty()) {
            return user + "@" + host;
        }
        int slash = hostAndMore.indexOf('/');
        return slash < 0 ? host : host + hostAndMore.substring(slash).replaceAll("/+$", "");
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
