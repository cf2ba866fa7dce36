package org.mckms.platform.delivery;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * An address that somebody else has named, as far as its text tells: {@code https}, a host, no user part, no fragment.
 * Where it leads is for {@link CallbackPolicy} to judge.
 *
 * @param uri in ASCII, at most 2,048 octets
 */
public record CallbackAddress(URI uri) {

    /** Octets of an address. */
    public static final int MAX_OCTETS = 2048;

    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65535;

    public CallbackAddress {
        if (!"https".equalsIgnoreCase(uri.getScheme())) {
            throw refused("is not https");
        }
        if (uri.getRawUserInfo() != null) {
            throw refused("has a user part");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw refused("has no host");
        }
        if (uri.getRawFragment() != null) {
            throw refused("has a fragment");
        }
        if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            throw refused("has no valid port");
        }
    }

    /**
     * Reads an address.
     *
     * @throws KmsException {@code CALLBACK_REFUSED}
     */
    public static CallbackAddress of(String text) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw refused("has characters that no URI has");
        }
        if (text.length() > MAX_OCTETS) {
            throw refused("has " + text.length() + " octets, at most " + MAX_OCTETS + " are taken");
        }
        try {
            return new CallbackAddress(new URI(text));
        } catch (URISyntaxException e) {
            throw refused("is no URI");
        }
    }

    private static KmsException refused(String why) {
        return new KmsException(KmsErrorCode.CALLBACK_REFUSED, "the address for notifications " + why);
    }

    /** Name or literal address, without the brackets of IPv6. */
    public String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** 443 if the address names none. */
    public int port() {
        return uri.getPort() < 0 ? HTTPS_PORT : uri.getPort();
    }

    /** What is asked of the host: path and query as they are, at least a slash. */
    public String target() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** Scheme, host and port: what belongs to one receiver. */
    public String origin() {
        return "https://" + uri.getHost() + ":" + port();
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
