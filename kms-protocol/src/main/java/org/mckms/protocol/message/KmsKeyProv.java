package org.mckms.protocol.message;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.security.ClientKeys;

/**
 * Answer to KMS KeyProvision: the key sets of the caller's identities (TS 33.180 clause D.2.4). Closing it wipes the
 * private keys of every set, the CEKs and the new keys.
 *
 * @param keySets any number; none is legal
 * @param newKeys the TrK and InK that replace those the client has (NewTransportKey, NewIntegrityKey)
 * @param ceks content encryption keys of the caller, an extension that others pass over
 */
public record KmsKeyProv(List<KmsKeySet> keySets, Optional<ClientKeys> newKeys, Optional<CekList> ceks)
        implements KmsMessage, AutoCloseable {
    public KmsKeyProv {
        keySets = List.copyOf(keySets);
        Objects.requireNonNull(newKeys, "newKeys");
        Objects.requireNonNull(ceks, "ceks");
    }

    /** An answer without CEKs. */
    public KmsKeyProv(List<KmsKeySet> keySets, Optional<ClientKeys> newKeys) {
        this(keySets, newKeys, Optional.empty());
    }

    /** An answer without new keys and CEKs. */
    public KmsKeyProv(List<KmsKeySet> keySets) {
        this(keySets, Optional.empty());
    }

    @Override
    public void close() {
        keySets.forEach(KmsKeySet::close);
        newKeys.ifPresent(ClientKeys::close);
        ceks.ifPresent(CekList::close);
    }
}
