package org.mckms.kms.domain.cek;

/** Why a content encryption key ended. Names stand in the database and in the audit trail. */
public enum CekEnding {
    /** Its user or its server ended it, or its SIP session. */
    SESSION_ENDED,
    /** Its user logged off. */
    LOGGED_OFF,
    /** The key that took its place has been active for long enough. */
    RENEWED,
    /** Its life is over. */
    EXPIRED,
    /** Its server did not acknowledge it in time. */
    NOT_ACKNOWLEDGED,
    /** Its user was blocked. */
    IDENTITY_BLOCKED,
    /** The access token it was made under was revoked. */
    TOKEN_REVOKED,
    /** An operator ended it. */
    OPERATOR
}
