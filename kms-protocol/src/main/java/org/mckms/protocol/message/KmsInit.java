package org.mckms.protocol.message;

import java.util.Objects;

/**
 * Answer to KMS Initialize: the certificate of the client's own KMS (TS 33.180 clause D.2.3).
 *
 * @param certificate the Root certificate
 */
public record KmsInit(KmsCertificate certificate) implements KmsMessage {
    public KmsInit {
        Objects.requireNonNull(certificate, "certificate");
    }
}
