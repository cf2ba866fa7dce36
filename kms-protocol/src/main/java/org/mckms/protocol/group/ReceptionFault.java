package org.mckms.protocol.group;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a receiver did not take a key, in the order of its checks (TS 33.180 clauses 5.2 and 7.3). The number stands in
 * acknowledgements and in the state of the group; it never changes its meaning.
 */
public enum ReceptionFault {
    /** Not an I_MESSAGE, or one with values that are not used here. */
    MALFORMED(1),
    /** The timestamp is outside the window. */
    STALE(2),
    /** The message was received before. */
    REPLAYED(3),
    /** The certificate of a KMS named is not held or not valid. */
    UNKNOWN_KMS(4),
    /** The signer may not manage this group, or not send this kind of key. */
    NOT_AUTHORISED(5),
    /** The receiver named is somebody else. */
    NOT_FOR_ME(6),
    /** The signature is not that of the initiator named. */
    WRONG_SIGNATURE(7),
    /** The key cannot be decapsulated or its parameters cannot be opened. */
    CANNOT_OPEN(8),
    /** Identifiers, kind of key and context do not agree with each other. */
    KEY_MISMATCH(9),
    /** Another key with this identifier is held. */
    DUPLICATE_KEY_ID(10),
    /** The key is revoked; what was held of it is deleted. */
    REVOKED(11),
    /** The key's life is over. */
    EXPIRED(12),
    /** The key was good, but could not be stored. */
    STORAGE(13);

    private final int number;

    ReceptionFault(int number) {
        this.number = number;
    }

    /** The number on the wire, from 1. */
    public int number() {
        return number;
    }

    /** The fault with this number; empty if there is none. */
    public static Optional<ReceptionFault> ofNumber(int number) {
        return Arrays.stream(values()).filter(fault -> fault.number == number).findFirst();
    }
}
