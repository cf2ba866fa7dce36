package org.mckms.protocol.message;

import java.util.Objects;
import java.util.Optional;
import org.mckms.protocol.security.ClientKeys;

/**
 * Answer to KMS Initialize: the certificate of the client's own KMS (TS 33.180 clause D.2.3). Closing it wipes the new keys.
 *
 * @param certificate the Root certificate
 * @param newKeys the TrK and InK that replace those the client has (NewTransportKey, NewIntegrityKey)
 */
public record KmsInit(KmsCertificate certificate, Optional<ClientKeys> newKeys) implements KmsMessage, AutoCloseable {
    public KmsInit {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(newKeys, "newKeys");
    }

    /** An answer without new keys. */
    public KmsInit(KmsCertificate certificate) {
        this(certificate, Optional.empty());
    }

    @Override
    public void close() {
        newKeys.ifPresent(ClientKeys::close);
    }
}
