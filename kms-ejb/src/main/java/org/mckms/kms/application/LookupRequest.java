package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.mckms.mikeysakke.Octets;

/**
 * A KMS Discovery Lookup (TS 33.180 annex D.2.7).
 *
 * @param userUri    the user whose KMS is asked for, decoded once
 * @param domain     in which the user lies; empty if its URI names none
 * @param body       octets of the body, if there are any
 * @param requestUrl URL or path of the request exactly as it came
 */
public record LookupRequest(String userUri, Optional<String> domain, Optional<Octets> body, String requestUrl) {

    public LookupRequest {
        requireNonNull(userUri, "userUri");
        requireNonNull(domain, "domain");
        requireNonNull(body, "body");
        requireNonNull(requestUrl, "requestUrl");
    }
}
