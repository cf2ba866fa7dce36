package org.mckms.mikeysakke.mikey;

import org.mckms.mikeysakke.MikeySakkeException;

/** Octets are not an I_MESSAGE as TS 33.180 annex E has it. */
public final class MalformedMikeyException extends MikeySakkeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final int offset;

    /** What is wrong, for a caller that counts or reports it. */
    public enum Fault {
        /** The message, or a field of it, ends too early. */
        CUT,
        /** Octets follow the signature, or fill a payload beyond its fields. */
        TRAILING,
        /** The message is longer than {@link MikeyMessage#MAX_OCTETS}. */
        TOO_LONG,
        /** A field has a value that the profile does not allow. */
        VALUE,
        /** A payload is missing, stands at a wrong place or is unknown. */
        ORDER,
        /** A payload is there twice. */
        DOUBLED
    }

    MalformedMikeyException(Fault fault, int offset, String message) {
        super(message + " (octet " + offset + ")");
        this.fault = fault;
        this.offset = offset;
    }

    /** What is wrong. */
    public Fault fault() {
        return fault;
    }

    /** The octet, from 0, at which it was noticed. */
    public int offset() {
        return offset;
    }
}
