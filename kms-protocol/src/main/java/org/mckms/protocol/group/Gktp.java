package org.mckms.protocol.group;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.element.Checked;

/**
 * One group key transport payload (GKTP, TS 24.481): a key for one receiver.
 *
 * @param id MC service ID of the receiver, a URI of 1 to 2048 characters
 * @param message the I_MESSAGE (TS 33.180 annex E), 1 to {@link #MAX_MESSAGE_OCTETS} octets, not looked into
 * @throws InvalidValueException if one of them is outside its limits
 */
public record Gktp(String id, Octets message) {
    /** Room for a message with five URIs of the greatest length. */
    public static final int MAX_MESSAGE_OCTETS = 16_384;

    public Gktp {
        Checked.uri(id, "id of a GKTP");
        if (message.size() == 0 || message.size() > MAX_MESSAGE_OCTETS) {
            throw new InvalidValueException("the message of a GKTP has " + message.size() + " octets, 1 to "
                    + MAX_MESSAGE_OCTETS + " are accepted");
        }
    }
}
