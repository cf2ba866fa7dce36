package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.mckms.mikeysakke.Octets;

/**
 * A KMS Initialize request (TS 33.180 annex D.2.3).
 *
 * @param body       octets of the body, if there are any
 * @param requestUrl URL or path of the request exactly as it came
 */
public record InitRequest(Optional<Octets> body, String requestUrl) {

    public InitRequest {
        requireNonNull(body, "body");
        requireNonNull(requestUrl, "requestUrl");
    }
}
