package org.mckms.kms.domain;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A URL in the form in which two are compared here: no scheme (https is implied, and deployed clients leave it out), host
 * in lower case, no default port, path with its percent-encoding removed once.
 *
 * @param authority host and port
 * @param path      from its first slash on; empty if there is none
 */
record RequestUrl(String authority, String path) {

    private static final String SCHEME = "https://";
    private static final String DEFAULT_PORT = ":443";

    static RequestUrl parse(String url) {
        String rest = url.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? url.substring(SCHEME.length()) : url;
        int slash = rest.indexOf('/');
        String authority = (slash < 0 ? rest : rest.substring(0, slash)).toLowerCase(Locale.ROOT);
        if (authority.endsWith(DEFAULT_PORT)) {
            authority = authority.substring(0, authority.length() - DEFAULT_PORT.length());
        }
        return new RequestUrl(authority, slash < 0 ? "" : decoded(rest.substring(slash)));
    }

    /** The raw path of a request that came as a URL or as a path. */
    static String rawPath(String urlOrPath) {
        int scheme = urlOrPath.indexOf("://");
        int slash = urlOrPath.startsWith("/") ? 0 : urlOrPath.indexOf('/', scheme < 0 ? 0 : scheme + 3);
        return slash < 0 ? "" : urlOrPath.substring(slash);
    }

    /** Removes percent-encoding once; a path whose encoding is broken stays as it is and so equals nothing else. */
    private static String decoded(String raw) {
        byte[] octets = raw.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(octets.length);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] != '%') {
                out.put(octets[i]);
                continue;
            }
            int high = i + 2 < octets.length ? Character.digit(octets[i + 1], 16) : -1;
            int low = i + 2 < octets.length ? Character.digit(octets[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return raw;
            }
            out.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
        } catch (CharacterCodingException e) {
            return raw;
        }
    }
}
