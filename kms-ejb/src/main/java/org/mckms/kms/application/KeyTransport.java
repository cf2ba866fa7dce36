package org.mckms.kms.application;

import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.platform.config.KmsSettings;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Whether keys may go out in an answer: wrapped under a transport key always, plain only where the operator lets them. */
public final class KeyTransport {

    private KeyTransport() {}

    /**
     * Passes if the answer has a transport key, or plain keys are allowed for the caller; never through a proxy, which would
     * read them (TS 33.180 clause 5.3.3).
     *
     * @throws KmsException {@code TRANSPORT_KEY_REQUIRED}
     */
    public static void check(AuthenticatedIdentity caller, AnswerForm form, KmsSettings settings) {
        boolean plain =
                caller.proxy().isEmpty() && settings.clients().of(caller.kind()).plainKeysAllowed();
        if (!form.isProtected() && !plain) {
            throw new KmsException(
                    KmsErrorCode.TRANSPORT_KEY_REQUIRED, "keys are not sent without a transport key by this server");
        }
    }
}
