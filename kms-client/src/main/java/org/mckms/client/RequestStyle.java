package org.mckms.client;

import java.util.Optional;

/**
 * How a request is put on the wire. A KMS has to take every form; which one a deployed client uses differs.
 *
 * @param uriForm how a user URI is written at the end of the path
 * @param body who to name in a KmsRequest body; absent for an empty POST, as public vendor clients send it
 */
public record RequestStyle(UriForm uriForm, Optional<Requester> body) {
    /** Percent-encoded URI and empty body. */
    public static final RequestStyle STANDARD = new RequestStyle(UriForm.PERCENT_ENCODED, Optional.empty());

    /** How a user URI is written at the end of the path. */
    public enum UriForm {
        /** As one path segment, everything but the unreserved characters of RFC 3986 escaped. */
        PERCENT_ENCODED,
        /** Appended as it is; only for URIs whose characters may all stand in a path. */
        RAW
    }

    /**
     * What a KmsRequest says about who asks whom (TS 33.180 annex D.2.2).
     *
     * @param userUri the requesting user, equal to the identity in the access token
     * @param kmsUri the KMS addressed, as in its certificate
     */
    public record Requester(String userUri, String kmsUri, Optional<String> clientId, Optional<String> deviceId) {
        public Requester(String userUri, String kmsUri) {
            this(userUri, kmsUri, Optional.empty(), Optional.empty());
        }
    }

    public RequestStyle withUriForm(UriForm form) {
        return new RequestStyle(form, body);
    }

    public RequestStyle withBody(Requester requester) {
        return new RequestStyle(uriForm, Optional.of(requester));
    }
}
