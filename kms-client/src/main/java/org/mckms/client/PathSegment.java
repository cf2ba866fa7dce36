package org.mckms.client;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes a URI as one segment of a path (RFC 3986 clause 2.1), over its UTF-8 octets. */
final class PathSegment {
    private static final String UNRESERVED = "-._~";

    private PathSegment() {}

    static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length() * 2);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(octet)) {
                out.append((char) octet);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", octet & 0xFF));
            }
        }
        return out.toString();
    }

    private static boolean isUnreserved(byte octet) {
        return octet >= 'a' && octet <= 'z'
                || octet >= 'A' && octet <= 'Z'
                || octet >= '0' && octet <= '9'
                || octet > 0 && UNRESERVED.indexOf(octet) >= 0;
    }
}
