package org.mckms.protocol.codec;

/** How the UserID element writes the UID: the text of TS 33.180 and deployed clients differ. */
public enum UserIdForm {
    /** Base64 of the 32 octets, 44 characters, as TS 33.180 clause D.3.3 says. */
    BASE64,
    /** 64 lower-case hex digits, as deployed clients expect. */
    HEX
}
