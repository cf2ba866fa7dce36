package org.mckms.protocol.cms;

import java.security.cert.X509Certificate;

/** What signs files that leave the KMS other than over the network: in the server a key of the token, in tests a key in memory. */
public interface BundleSigner {
    /** The certificate of the key: EC on P-256. It travels with each signature. */
    X509Certificate certificate();

    /** The signature of a message: ECDSA with SHA-256, DER (RFC 3279 clause 2.2.3). */
    byte[] sign(byte[] message);
}
