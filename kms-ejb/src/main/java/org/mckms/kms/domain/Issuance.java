package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.KeyPeriod;

/**
 * Which key set left the server; never a private key.
 *
 * @param pvtSha256 SHA-256 of the PVT's 65 octets
 */
public record Issuance(
        String uri, EpochId epoch, KeyPeriod period, IdentityEncoding encoding, int issue, Octets pvtSha256) {

    public Issuance {
        requireNonNull(uri, "uri");
        requireNonNull(epoch, "epoch");
        requireNonNull(period, "period");
        requireNonNull(encoding, "encoding");
        requireNonNull(pvtSha256, "pvtSha256");
    }
}
