package org.mckms.csc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request that a proxy brought: its remote address is the one that the proxy is believed to have seen. */
final class SourcedRequest extends HttpServletRequestWrapper {

    private final String source;

    private SourcedRequest(HttpServletRequest request, String source) {
        super(request);
        this.source = source;
    }

    /** The request itself if its source is the other end of the connection. */
    static HttpServletRequest of(HttpServletRequest request, String source) {
        return source.equals(request.getRemoteAddr()) ? request : new SourcedRequest(request, source);
    }

    @Override
    public String getRemoteAddr() {
        return source;
    }
}
