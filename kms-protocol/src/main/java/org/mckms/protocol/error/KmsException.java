package org.mckms.protocol.error;

import java.util.Objects;

/**
 * Something failed or was refused. The message says what failed, on which object, and what an operator can do; it never
 * holds secrets, and whether a client may see it is decided where errors are mapped to answers.
 */
public class KmsException extends RuntimeException {
    private final KmsErrorCode code;

    /** An error without a deeper cause. */
    public KmsException(KmsErrorCode code, String message) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** An error that keeps its cause for the server's log. */
    public KmsException(KmsErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** The entry of the registry. */
    public final KmsErrorCode code() {
        return code;
    }
}
