package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.NtpTimestamp;

/**
 * A KMS KeyProvision request (TS 33.180 annex D.2.4).
 *
 * @param uri        the identity named in the path, decoded once; empty: all identities of the caller
 * @param time       the time named in the path, only together with {@code uri}; empty: now
 * @param body       octets of the body, if there are any
 * @param requestUrl URL or path of the request exactly as it came, percent-encoding kept
 */
public record ProvisioningRequest(
        Optional<String> uri, Optional<NtpTimestamp> time, Optional<Octets> body, String requestUrl) {

    public ProvisioningRequest {
        requireNonNull(requestUrl, "requestUrl");
        if (time.isPresent() && uri.isEmpty()) {
            throw new InvalidValueException("a time without an identity in the path");
        }
    }
}
