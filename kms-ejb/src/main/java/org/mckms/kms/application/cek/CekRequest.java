package org.mckms.kms.application.cek;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.mckms.mikeysakke.Octets;

/**
 * A request about content encryption keys as it came.
 *
 * @param userUri    the user that the path names, decoded; empty where the path names none
 * @param body       octets of the body, if there are any
 * @param requestUrl URL or path of the request exactly as it came
 */
public record CekRequest(Optional<String> userUri, Optional<Octets> body, String requestUrl) {

    public CekRequest {
        requireNonNull(userUri, "userUri");
        requireNonNull(body, "body");
        requireNonNull(requestUrl, "requestUrl");
    }
}
