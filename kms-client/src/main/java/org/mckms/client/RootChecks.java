package org.mckms.client;

import java.time.Instant;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.Role;

/** Whether a certificate of the home KMS, or of another one, may be kept. */
final class RootChecks {
    private RootChecks() {}

    /**
     * A root certificate that the home KMS named.
     *
     * @throws KmsAnswerException CERTIFICATE_REJECTED
     */
    static void checkRoot(KmsCertificate root, String kmsUri, Instant now) {
        checkNotOver(root, kmsUri, now);
        if (root.validFrom().filter(now::isBefore).isPresent()) {
            throw rejected("the root certificate of " + kmsUri + " is valid from "
                    + root.validFrom().get() + " only");
        }
    }

    /**
     * A root certificate that may be one of a time to come.
     *
     * @throws KmsAnswerException CERTIFICATE_REJECTED
     */
    static void checkNotOver(KmsCertificate root, String kmsUri, Instant now) {
        if (!root.kmsUri().equals(kmsUri)) {
            throw rejected("the root certificate is of " + root.kmsUri() + ", the key store belongs to " + kmsUri);
        }
        if (root.revoked()) {
            throw rejected("the root certificate of " + kmsUri + " is revoked");
        }
        if (root.validTo().filter(now::isAfter).isPresent()) {
            throw rejected("the root certificate of " + kmsUri + " ended at "
                    + root.validTo().get());
        }
    }

    /**
     * A certificate of another KMS. One that names the home KMS would make senders encrypt to other keys than the home
     * KMS has.
     *
     * @throws KmsAnswerException CERTIFICATE_REJECTED
     */
    static void checkPartner(KmsCertificate partner, String homeKmsUri) {
        if (partner.role() != Role.EXTERNAL) {
            throw rejected("the certificate of " + partner.kmsUri() + " is not one of another KMS");
        }
        if (partner.kmsUri().equals(homeKmsUri)) {
            throw rejected("a certificate of another KMS names the home KMS " + homeKmsUri);
        }
    }

    private static KmsAnswerException rejected(String message) {
        return new KmsAnswerException(AnswerFault.CERTIFICATE_REJECTED, message);
    }
}
