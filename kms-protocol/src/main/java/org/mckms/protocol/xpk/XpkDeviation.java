package org.mckms.protocol.xpk;

/**
 * What senders in the field may do otherwise where the text of the standard leaves room, one switch each. All are off unless
 * said.
 */
public enum XpkDeviation {
    /** The Reference of a body's signature is the bare Content-ID, not a {@code cid:} URL (RFC 2392). */
    BARE_CONTENT_ID,
    /** The digest of a body is that of its canonical form though the Reference has no transform that says so. */
    CANONICAL_WITHOUT_TRANSFORM,
    /** The parameters of an encrypted URI stand in another order. */
    URI_PARAMETERS_IN_ANY_ORDER,
    /** An encrypted URI does not name its algorithm. */
    URI_WITHOUT_ALGORITHM,
    /** Characters of an encrypted URI that need no escaping are escaped ({@code %2F}, {@code %3D}). */
    URI_ESCAPED
}
