package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * A key set did not pass its check; nothing of the batch was released. Made without the cause: an exception of the library could
 * name a value.
 */
public final class SelfCheckFailedException extends KmsException {

    private static final long serialVersionUID = 1L;

    private final String userUri;

    SelfCheckFailedException(String userUri) {
        super(
                KmsErrorCode.SELF_CHECK_FAILED,
                "the keys made for " + requireNonNull(userUri, "userUri")
                        + " failed their self-check; nothing was released");
        this.userUri = userUri;
    }

    /** Whose key set it was; the first order of the batch where none failed alone. */
    String userUri() {
        return userUri;
    }
}
