package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.KeyPeriod;

/**
 * Which key set to make. The same order gives the same keys.
 *
 * @param userUri  octet by octet as it was registered
 * @param encoding what ECCSI and SAKKE take as the identity
 * @param issue    counts forced re-issues of this user in this epoch; 0 at first
 */
public record KeyOrder(String userUri, KeyPeriod period, IdentityEncoding encoding, int issue) {

    public KeyOrder {
        requireNonNull(userUri, "userUri");
        requireNonNull(period, "period");
        requireNonNull(encoding, "encoding");
        if (issue < 0) {
            throw new IllegalArgumentException("issue is negative: " + issue);
        }
    }
}
