package org.mckms.mikeysakke.mikey;

/** A part of an I_MESSAGE. */
public enum MikeyPart {
    /** Common header. */
    HDR("RFC 3830 6.1"),
    /** Crypto sessions of the header. */
    CS_ID_MAP("RFC 6043 6.1.1"),
    /** Timestamp payload. */
    T("RFC 3830 6.6"),
    /** RAND payload. */
    RAND("RFC 3830 6.11"),
    /** Identity of the initiator. */
    IDR_INITIATOR("TS 33.180 E.1"),
    /** Identity of the responder. */
    IDR_RESPONDER("TS 33.180 E.1"),
    /** Identity of the initiator's KMS. */
    IDR_INITIATOR_KMS("TS 33.180 E.1"),
    /** Identity of the responder's KMS. */
    IDR_RESPONDER_KMS("TS 33.180 E.1"),
    /** Security policy payload. */
    SP("RFC 3830 6.10"),
    /** SAKKE payload. */
    SAKKE("RFC 6509"),
    /** General extension payload. */
    EXTENSION("RFC 3830 6.15"),
    /** SAKKE payload for the initiator, in a general extension of type 6. */
    SAKKE_TO_SELF("TS 33.180 E.5"),
    /** Key parameters, a protected payload in a general extension of type 7. */
    KEY_PARAMETERS("TS 33.180 E.6.1"),
    /** Signature payload. */
    SIGN("TS 33.180 E.1.2");

    private final String clause;

    MikeyPart(String clause) {
        this.clause = clause;
    }

    /** Where its layout is specified. */
    public String clause() {
        return clause;
    }
}
