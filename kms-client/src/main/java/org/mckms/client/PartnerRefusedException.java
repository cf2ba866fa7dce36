package org.mckms.client;

/** Nothing is encrypted to this user: there is no certificate of the KMS that may be used. */
public final class PartnerRefusedException extends KmsClientException {
    private final Reason reason;

    /** Why no certificate may be used. */
    public enum Reason {
        /** None is held for this KMS or this user's domain: fetch it. */
        UNKNOWN,
        /** It is revoked. */
        REVOKED,
        /** It has expired. */
        EXPIRED,
        /** It is not valid yet. */
        NOT_YET_VALID,
        /** More than one KMS claims the domain of the user: name the KMS. */
        AMBIGUOUS
    }

    PartnerRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
