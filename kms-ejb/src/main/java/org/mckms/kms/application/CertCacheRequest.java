package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import org.mckms.mikeysakke.Octets;

/**
 * A KMS CertCache request (TS 33.180 annex D.2.5).
 *
 * @param cacheNum   number of the newest cache the client holds, if it named one
 * @param body       octets of the body, if there are any
 * @param requestUrl URL or path of the request exactly as it came
 */
public record CertCacheRequest(OptionalLong cacheNum, Optional<Octets> body, String requestUrl) {

    public CertCacheRequest {
        requireNonNull(cacheNum, "cacheNum");
        requireNonNull(body, "body");
        requireNonNull(requestUrl, "requestUrl");
    }
}
