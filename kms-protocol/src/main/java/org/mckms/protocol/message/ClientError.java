package org.mckms.protocol.message;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.element.Checked;

/**
 * What a client reports to have failed earlier (ClientError, TS 33.180 clause D.2.2). The text is the client's: it is
 * recorded, never interpreted.
 *
 * @param code ErrorCode as the client chose it
 * @param message at most 1024 characters
 * @throws InvalidValueException if the text is too long or cannot travel in XML
 */
public record ClientError(int code, String message) {
    public ClientError {
        Checked.text(message, "ErrorMsg");
    }
}
