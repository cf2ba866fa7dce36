package org.mckms.csc;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The URL of a request: a configured base URL and the path as it came. The Host header only chooses among them; answers and
 * refusals carry the same one as ClientReqUrl, the copy of the resource asked for (TS 33.180 annex D).
 */
final class RequestUrl {

    private static final int MAX_PATH = CscPath.MAX_OCTETS;
    private static final String DEFAULT_PORT = ":443";

    private RequestUrl() {}

    /** The URL the request was posted to, percent-encoding kept. */
    static String of(HttpServletRequest request, List<String> baseUrls) {
        return base(request, baseUrls) + request.getRequestURI();
    }

    /** The same for an answer to a request that was refused: a path that no document can carry is cut to its root. */
    static String printable(HttpServletRequest request, List<String> baseUrls, String root) {
        return base(request, baseUrls) + resource(request, root);
    }

    /** The path for the audit trail; a path that is too long or not printable is cut to its root. */
    static String resource(HttpServletRequest request, String root) {
        String path = request.getRequestURI();
        boolean printable = path.length() <= MAX_PATH && path.chars().allMatch(c -> c > ' ' && c <= '~');
        return printable ? path : root;
    }

    private static String base(HttpServletRequest request, List<String> baseUrls) {
        String host = withoutDefaultPort(
                Optional.ofNullable(request.getHeader("Host")).orElse(""));
        return baseUrls.stream()
                .filter(base ->
                        withoutDefaultPort(URI.create(base).getRawAuthority()).equalsIgnoreCase(host))
                .findFirst()
                .orElse(baseUrls.get(0));
    }

    private static String withoutDefaultPort(String authority) {
        return authority.endsWith(DEFAULT_PORT)
                ? authority.substring(0, authority.length() - DEFAULT_PORT.length())
                : authority;
    }
}
