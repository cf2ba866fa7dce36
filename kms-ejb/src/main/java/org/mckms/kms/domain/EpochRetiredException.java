package org.mckms.kms.domain;

import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** An epoch was retired after the caller had read that it is active; read again, it is one no longer. */
public final class EpochRetiredException extends KmsException {

    private static final long serialVersionUID = 1L;

    public EpochRetiredException(EpochId epoch) {
        super(KmsErrorCode.NOT_READY, "epoch " + epoch + " is retired");
    }
}
