package org.mckms.mikeysakke.mikey;

import org.mckms.mikeysakke.MikeySakkeException;

/** A verified message whose key may not be taken. For the receiver's own records: a sender is told none of it. */
public final class MikeyRefusedException extends MikeySakkeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** The purpose tag of the CSB-ID is none that TS 33.180 clause 5.2.2 knows. */
        UNKNOWN_PURPOSE,
        /** The SPI of a crypto session does not name the key. */
        WRONG_SPI,
        /** The key parameters do not open under the key (clause 5.2.4). */
        PARAMETERS_NOT_OPENED,
        /** The key parameters are malformed inside. */
        MALFORMED_PARAMETERS,
        /** The key type differs from the purpose tag. */
        WRONG_KEY_TYPE
    }

    MikeyRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
