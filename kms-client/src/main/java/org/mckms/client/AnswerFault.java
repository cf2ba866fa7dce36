package org.mckms.client;

/**
 * What is wrong with an answer. The number is what the client writes as ErrorCode into the ClientError of its next
 * request (TS 33.180 clause D.2.2 defines no numbers; these are our own and never change their meaning).
 */
public enum AnswerFault {
    /** Not XML of a KMS, cut off, too large, or not an answer to what was asked. */
    MALFORMED(1),
    /** No signature, though the request was signed. */
    UNSIGNED(2),
    /** The signature is wrong, or made under a key that is not the client's. */
    WRONG_SIGNATURE(3),
    /** Signed, but for another user, KMS or resource: another answer put in the place of this one. */
    FOR_ANOTHER_REQUEST(4),
    /** Signed, but too long ago or ahead of time. */
    STALE(5),
    /** Keys came in clear. */
    KEYS_NOT_WRAPPED(6),
    /** Keys are wrapped under a transport key that the client does not have. */
    KEYS_NOT_UNWRAPPABLE(7),
    /** A key set failed a check of TS 33.180 clause 5.3.3. */
    KEY_SET_REJECTED(8),
    /** There is no key set for an identity that was asked for. */
    KEY_SET_MISSING(9),
    /** The root certificate is of another KMS, revoked, or not valid now. */
    CERTIFICATE_REJECTED(10),
    /** A content encryption key is another user's or server's, or contradicts what is held under its Key ID. */
    CEK_REJECTED(11);

    private final int code;

    AnswerFault(int code) {
        this.code = code;
    }

    /** ErrorCode in a ClientError. */
    public int code() {
        return code;
    }
}
