package org.mckms.csc.token;

import static org.mckms.protocol.error.KmsErrorCode.AMBIGUOUS_AUTHORIZATION;
import static org.mckms.protocol.error.KmsErrorCode.UNAUTHENTICATED;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mckms.protocol.error.KmsException;

/** Takes the bearer token out of the Authorization header fields of a request (RFC 6750 clause 2.1). */
public final class BearerCredentials {

    /** Longest value of the header field that is read, in octets. */
    static final int MAX_OCTETS = 8192;

    /** RFC 6750 clause 2.1: {@code "Bearer" 1*SP b64token}; RFC 9110 clause 11.1: the scheme is case-insensitive. */
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*)");

    private BearerCredentials() {}

    /**
     * Returns the one token of the request.
     *
     * @param authorization the values of all Authorization header fields, in order
     * @return the token as sent, or empty if the request has no bearer credentials at all
     * @throws KmsException AMBIGUOUS_AUTHORIZATION if there are two header fields or two credentials in one, as some
     *     proxies fold them; UNAUTHENTICATED if the bearer credentials are too long or malformed
     */
    public static Optional<String> tokenIn(List<String> authorization) {
        if (authorization.isEmpty()) {
            return Optional.empty();
        }
        if (authorization.size() > 1) {
            throw new KmsException(AMBIGUOUS_AUTHORIZATION, "more than one Authorization header field");
        }
        String value = authorization.get(0).strip();
        if (value.length() > MAX_OCTETS) {
            throw new KmsException(UNAUTHENTICATED, "Authorization header field is over " + MAX_OCTETS + " octets");
        }
        if (!isBearer(value)) {
            return Optional.empty();
        }
        if (value.indexOf(',') >= 0) {
            throw new KmsException(
                    AMBIGUOUS_AUTHORIZATION, "more than one credential in the Authorization header field");
        }
        var matcher = BEARER.matcher(value);
        if (!matcher.matches()) {
            throw new KmsException(UNAUTHENTICATED, "bearer credentials are malformed");
        }
        return Optional.of(matcher.group(1));
    }

    private static boolean isBearer(String value) {
        return value.equalsIgnoreCase("bearer") || value.regionMatches(true, 0, "bearer ", 0, "bearer ".length());
    }
}
