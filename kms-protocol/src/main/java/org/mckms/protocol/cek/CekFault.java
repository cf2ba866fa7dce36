package org.mckms.protocol.cek;

import java.util.Arrays;
import java.util.Optional;

/** Why a server did not take a CEK. The number stands in acknowledgements; it never changes its meaning. */
public enum CekFault {
    /** What the entry says contradicts itself or what the server holds of the key. */
    MALFORMED(1),
    /** The entry names another server. */
    NOT_FOR_ME(2),
    /** The key does not unwrap. */
    CANNOT_OPEN(3),
    /** The server does not serve the user. */
    UNKNOWN_USER(4),
    /** The key was good, but could not be stored. */
    STORAGE(5);

    private final int number;

    CekFault(int number) {
        this.number = number;
    }

    /** The number on the wire, from 1. */
    public int number() {
        return number;
    }

    /** The fault with this number; empty if there is none. */
    public static Optional<CekFault> ofNumber(long number) {
        return Arrays.stream(values()).filter(fault -> fault.number == number).findFirst();
    }
}
