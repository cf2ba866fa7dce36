package org.mckms.csc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Status and header fields that all answers of this archive have. */
public final class AnswerHead {

    private AnswerHead() {}

    /** Writes them; whoever is told that the server is not ready is also told when to come again. */
    public static void write(HttpServletResponse out, int status) {
        out.setStatus(status);
        out.setHeader("Cache-Control", "no-store");
        out.setHeader("X-Content-Type-Options", "nosniff");
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            out.setHeader("Retry-After", "5");
        }
    }

    /** Writes them for an answer without body. The connection ends if the body of the request is still on its way. */
    public static void writeEmpty(HttpServletRequest request, HttpServletResponse out, int status) {
        closeIfUnread(request, out);
        write(out, status);
        out.setContentLength(0);
    }

    /** Has the connection end with the answer if the body of the request is still on its way. */
    public static void closeIfUnread(HttpServletRequest request, HttpServletResponse out) {
        if (RequestBody.isUnread(request)) {
            out.setHeader("Connection", "close");
        }
    }
}
