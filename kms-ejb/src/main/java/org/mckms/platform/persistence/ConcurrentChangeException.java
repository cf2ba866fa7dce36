package org.mckms.platform.persistence;

import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Another transaction wrote the same row first; the work may be done again. */
public final class ConcurrentChangeException extends KmsException {

    ConcurrentChangeException(Throwable cause) {
        super(KmsErrorCode.CONFLICT, "somebody else changed or made the same thing at the same time", cause);
    }
}
