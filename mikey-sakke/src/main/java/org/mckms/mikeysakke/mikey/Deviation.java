package org.mckms.mikeysakke.mikey;

/** Ways in which messages met in the field depart from TS 33.180. Each is refused unless switched on for a sender that needs it. */
public enum Deviation {
    /** The signature stops before the SIGN payload, its two-octet header left out (the clause has it covered: E.1.2). */
    SIGNATURE_WITHOUT_HEADER,
    /** Both KMS identities have role 3, and only their order tells them apart; the roles are 6 and 7. */
    KMS_ROLES_BY_ORDER,
    /** The crypto sessions are an SRTP-ID map (RFC 3830); MC services have GENERIC-ID or none. */
    SRTP_ID_MAP,
    /** The key parameters are not protected: 15 octets, or 17 whose first one counts key types from 1; only GMK and PCK were seen. */
    UNPROTECTED_PARAMETERS,
    /** Status bit 0 of the key parameters is 0 for keys in service, where it means revoked (clause E.6.9). */
    STATUS_IGNORED,
    /** The V bit asks for an answer (Rel-13 clause E.1.1); it is ignored, there is no answer. */
    ANSWER_EXPECTED,
    /** General extensions of other types than key parameters and SAKKE-to-self; they are covered by the signature and not read. */
    OTHER_EXTENSIONS
}
