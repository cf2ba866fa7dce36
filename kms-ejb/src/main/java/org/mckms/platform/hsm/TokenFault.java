package org.mckms.platform.hsm;

/** What is wrong with a token or a call of it, as far as a caller or an operator acts on the difference. */
public enum TokenFault {
    /** The library file is missing or is no library for this machine. */
    LIBRARY,
    /** The library found no configuration, no token directory or no HSM. */
    CONFIGURATION,
    /** There is no such slot, or it holds no initialised token. */
    NO_TOKEN,
    /** The PIN was refused, has expired or is locked, or may have been refused; no second attempt was made. */
    PIN,
    /** The token holds other keys than this server's. */
    FOREIGN,
    /** Two objects have one label, which makes all keys unreadable; an operator has to remove one. */
    DUPLICATE_LABEL,
    /** A token that worked stopped working, or lost its keys. */
    LOST,
    /** A key that a call needs is not on the token. */
    KEY_MISSING,
    /** A key with this label exists already and is never overwritten. */
    KEY_EXISTS,
    /** All threads for token calls are taken. */
    BUSY,
    /** The call did not end in time. */
    LATE,
    /** The octets to be decrypted or their context were altered. */
    ALTERED
}
