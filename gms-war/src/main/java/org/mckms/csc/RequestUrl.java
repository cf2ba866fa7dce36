package org.mckms.csc;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;

/** The URL of a request: a configured base URL and the path as it came. The Host header only chooses among them. */
final class RequestUrl {

    private static final int MAX_PATH = CscPath.MAX_OCTETS;

    private RequestUrl() {}

    /** The URL the request was posted to, percent-encoding kept. */
    static String of(HttpServletRequest request, List<String> baseUrls) {
        return base(request, baseUrls) + request.getRequestURI();
    }

    /** The same for an answer to a request that was refused: a path that no document can carry is cut to the root. */
    static String printable(HttpServletRequest request, List<String> baseUrls) {
        return base(request, baseUrls) + resource(request);
    }

    /** The path for the audit trail; a path that is too long or not printable is cut to the root. */
    static String resource(HttpServletRequest request) {
        String path = request.getRequestURI();
        boolean printable = path.length() <= MAX_PATH && path.chars().allMatch(c -> c > ' ' && c <= '~');
        return printable ? path : CscPath.ROOT;
    }

    private static String base(HttpServletRequest request, List<String> baseUrls) {
        String host = request.getHeader("Host");
        return baseUrls.stream()
                .filter(base -> URI.create(base).getRawAuthority().equalsIgnoreCase(host))
                .findFirst()
                .orElse(baseUrls.get(0));
    }
}
