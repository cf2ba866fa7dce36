package org.mckms.kms.application;

import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Checks of what operators type. */
public final class OperatorInput {

    private OperatorInput() {}

    /** @throws KmsException {@code MALFORMED_REQUEST} */
    public static void checkPage(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new KmsException(KmsErrorCode.MALFORMED_REQUEST, "a page has 1 to " + most + " entries");
        }
    }

    /** @throws KmsException {@code MALFORMED_REQUEST} */
    static void checkReason(String reason) {
        if (reason.isBlank() || reason.length() > RegisteredIdentity.MAX_REASON_CHARACTERS) {
            throw new KmsException(
                    KmsErrorCode.MALFORMED_REQUEST,
                    "a reason has 1 to " + RegisteredIdentity.MAX_REASON_CHARACTERS + " characters");
        }
    }
}
