package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.mckms.mikeysakke.Octets;

/**
 * A KMS Discovery Upload: redirect responses that a client received and hands to its KMS (TS 33.180 annex D.2.8).
 *
 * @param body       octets of the body, if there are any
 * @param requestUrl URL or path of the request exactly as it came
 */
public record RedirectUpload(Optional<Octets> body, String requestUrl) {

    public RedirectUpload {
        requireNonNull(body, "body");
        requireNonNull(requestUrl, "requestUrl");
    }
}
