package org.mckms.client.group;

import org.mckms.client.KmsClientException;
import org.mckms.protocol.group.ReceptionFault;

/**
 * A key message is not taken. {@link #fault()} and the text are for the own side and for the server that manages the group;
 * whoever merely sent the message is told {@link #TO_SENDER} and nothing else, whichever check failed.
 */
public final class ReceptionException extends KmsClientException {
    /** All that a sender learns. */
    public static final String TO_SENDER = "the key message is not accepted";

    private final ReceptionFault fault;

    public ReceptionException(ReceptionFault fault, String message) {
        super(message);
        this.fault = fault;
    }

    public ReceptionException(ReceptionFault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /** Which check failed. */
    public ReceptionFault fault() {
        return fault;
    }
}
