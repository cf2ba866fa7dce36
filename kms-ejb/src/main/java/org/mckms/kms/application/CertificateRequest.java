package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.mckms.mikeysakke.Octets;

/**
 * A KMS Cert request (TS 33.180 annex D.2.6).
 *
 * @param kmsUri     the KMS whose certificate is asked for, decoded once
 * @param body       octets of the body, if there are any
 * @param requestUrl URL or path of the request exactly as it came
 */
public record CertificateRequest(String kmsUri, Optional<Octets> body, String requestUrl) {

    public CertificateRequest {
        requireNonNull(kmsUri, "kmsUri");
        requireNonNull(body, "body");
        requireNonNull(requestUrl, "requestUrl");
    }
}
