package org.mckms.kms.infrastructure.vault;

import org.mckms.platform.hsm.TokenException;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Maps what a token does wrong to the error registry. */
final class VaultErrors {

    private VaultErrors() {}

    static KmsException of(TokenException e) {
        KmsErrorCode code =
                switch (e.fault()) {
                    case PIN -> KmsErrorCode.INVALID_PIN;
                    case KEY_EXISTS -> KmsErrorCode.CONFLICT;
                    case ALTERED -> KmsErrorCode.INTERNAL;
                    case LIBRARY, CONFIGURATION, NO_TOKEN, FOREIGN, DUPLICATE_LABEL, LOST, KEY_MISSING, BUSY, LATE ->
                        KmsErrorCode.HSM_UNAVAILABLE;
                };
        return new KmsException(code, e.getMessage(), e);
    }

    static KmsException of(MastersRefusedException e) {
        return new KmsException(KmsErrorCode.INTERNAL, e.getMessage(), e);
    }
}
