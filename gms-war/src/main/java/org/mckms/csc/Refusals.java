package org.mckms.csc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.mckms.csc.token.Decision;
import org.mckms.protocol.error.KmsException;

/** How resources answer those who do not get as far as their use cases. Each refusal is in the audit trail once. */
public interface Refusals {

    /** Answers a request without credentials. */
    void anonymous(HttpServletRequest request, HttpServletResponse out);

    /** Answers a request whose credentials do not hold or cannot be checked. */
    void unauthenticated(HttpServletRequest request, HttpServletResponse out, KmsException why);

    /** Answers a token that holds but allows nothing. */
    void refused(HttpServletRequest request, HttpServletResponse out, Decision.Refused refused) throws IOException;
}
