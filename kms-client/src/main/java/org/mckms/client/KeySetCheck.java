package org.mckms.client;

/**
 * What a client checks on a received key set before it uses it (TS 33.180 clause 5.3.3 with RFC 6507 clause 5.1.2 and
 * RFC 6508 clause 6.1.2). In the order in which they are made.
 */
public enum KeySetCheck {
    /** The certificate is a root certificate, not revoked, and the time asked for lies in its validity. */
    CERTIFICATE_VALID("root certificate valid"),
    /** KmsUri and, where both have one, CertUri are those of the root certificate. */
    ISSUED_BY_THIS_KMS("issued by this KMS"),
    /** UserUri is the one asked for, octet by octet. */
    FOR_THE_USER("for the user asked for"),
    /** The key set is not marked as revoked. */
    NOT_REVOKED("not revoked"),
    /** KeyPeriodNo is one that can be expected, and ValidFrom and ValidTo lie in that period. */
    PERIOD_PLAUSIBLE("key period plausible"),
    /** UserID equals the UID recomputed from UserUri and the root certificate. */
    USER_ID_RECOMPUTED("UserID recomputed"),
    /** SSK and PVT belong together and to KPAK. */
    SIGNING_KEY_VALID("SSK and PVT against KPAK"),
    /** RSK belongs to the UID and to Z_T, found by a pairing. */
    DECRYPTION_KEY_VALID("RSK by pairing");

    private final String title;

    KeySetCheck(String title) {
        this.title = title;
    }

    /** A few words for a person. */
    public String title() {
        return title;
    }
}
