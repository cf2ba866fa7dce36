package org.mckms.kms.domain;

import org.mckms.mikeysakke.Octets;

/**
 * Operations with the token's keys that are no master secrets. Each is one call of the token: {@code HSM_UNAVAILABLE} if
 * it is lost, late or busy, {@code NOT_READY} if the vault is not active or the token's keys were not made yet.
 */
public interface TokenServices {

    /** HMAC-SHA-256 under {@code kms.row}: 32 octets that protect a public row which decides something. */
    Octets rowMac(Octets message);

    /** Compares in constant time; false for any wrong or cut MAC. */
    boolean rowMacMatches(Octets message, Octets mac);

    /** Octets of the token's random number generator, in a fresh array, which the caller wipes. */
    byte[] random(int octets);

    /** ECDSA P-256 with SHA-256 under {@code kms.sign.audit}, DER encoded. */
    Octets signAuditCheckpoint(Octets message);

    /** The self-signed certificate of {@code kms.sign.audit}, DER encoded. */
    byte[] auditCertificateDer();

    /** ECDSA P-256 with SHA-256 under {@code kms.sign.bundle}, DER encoded: registration files and bundles. */
    Octets signBundle(Octets message);

    /** The self-signed certificate of {@code kms.sign.bundle}, DER encoded. */
    byte[] bundleCertificateDer();

    /** ECDSA P-256 with SHA-256 under {@code kms.sign.cert}, DER encoded: the certificate of this KMS for partners. */
    Octets signCertificate(Octets message);

    /** The self-signed certificate of {@code kms.sign.cert}, DER encoded. */
    byte[] certificateSignerDer();
}
