package org.mckms.protocol.message;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.element.Checked;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.error.KmsErrorCode;

/**
 * A refusal or failure told to the client (KmsError, TS 33.180 clause D.3.1).
 *
 * @param code ErrorCode; of {@link KmsErrorCode} when it comes from this KMS, anything when it comes from another
 * @param message at most 1024 characters
 * @throws InvalidValueException if the text is too long or cannot travel in XML
 */
public record KmsError(int code, String message) implements KmsAnswer {
    public KmsError {
        Checked.text(message, "ErrorMsg");
    }

    /**
     * An error of our own registry. Takes any text, since it may quote what a stranger sent: characters that cannot
     * travel become U+FFFD, and the text is cut to 1024 characters.
     */
    public static KmsError of(KmsErrorCode code, String message) {
        return new KmsError(code.code(), Checked.fitting(message));
    }
}
