package org.mckms.protocol.message;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mckms.protocol.security.ClientKeys;

/**
 * Answer to KMS KeyProvision: the key sets of the caller's identities (TS 33.180 clause D.2.4). Closing it wipes the
 * private keys of every set and the new keys.
 *
 * @param keySets any number; none is legal
 * @param newKeys the TrK and InK that replace those the client has (NewTransportKey, NewIntegrityKey)
 */
public record KmsKeyProv(List<KmsKeySet> keySets, Optional<ClientKeys> newKeys) implements KmsMessage, AutoCloseable {
    public KmsKeyProv {
        keySets = List.copyOf(keySets);
        Objects.requireNonNull(newKeys, "newKeys");
    }

    /** An answer without new keys. */
    public KmsKeyProv(List<KmsKeySet> keySets) {
        this(keySets, Optional.empty());
    }

    @Override
    public void close() {
        keySets.forEach(KmsKeySet::close);
        newKeys.ifPresent(ClientKeys::close);
    }
}
