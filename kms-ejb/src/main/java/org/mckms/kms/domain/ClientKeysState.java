package org.mckms.kms.domain;

/** Where the keys of a device stand. */
public enum ClientKeysState {
    /** Given to the device out of band and not used yet; until a certain time. */
    REGISTERED,
    /** In use. */
    ACTIVE,
    /** Erased by an operator. The identity stays one that has to sign, until the device is registered again. */
    REVOKED
}
