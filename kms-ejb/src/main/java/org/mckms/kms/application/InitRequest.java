package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.mckms.protocol.message.KmsRequest;

/**
 * A KMS Initialize request (TS 33.180 annex D.2.3).
 *
 * @param requestUrl URL or path of the request exactly as it came
 */
public record InitRequest(Optional<KmsRequest> body, String requestUrl) {

    public InitRequest {
        requireNonNull(body, "body");
        requireNonNull(requestUrl, "requestUrl");
    }
}
