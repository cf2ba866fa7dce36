package org.mckms.csc;

import jakarta.servlet.http.HttpServletRequest;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.token.PresentedToken;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * That the filter let a request pass, and to what.
 *
 * @param token   the token of the request
 * @param purpose of the resources whose scopes the token has
 */
public record Admission(AuthenticatedIdentity caller, PresentedToken token, String purpose) {

    /** Purpose of the resources of TS 33.180 annex D and of content encryption keys. */
    public static final String KEY_MANAGEMENT = "key management";

    private static final String ATTRIBUTE = Admission.class.getName();

    /**
     * The admission of a request.
     *
     * @param purpose of the resources that are about to serve it: the container may have sent a path elsewhere than the
     *     filter took it for
     * @throws KmsException INTERNAL if it was admitted to something else, or not at all
     */
    public static Admission of(HttpServletRequest request, String purpose) {
        if (request.getAttribute(ATTRIBUTE) instanceof Admission admission
                && admission.purpose().equals(purpose)) {
            return admission;
        }
        throw new KmsException(KmsErrorCode.INTERNAL, "a request has come to " + purpose + " without being admitted");
    }

    void grant(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
