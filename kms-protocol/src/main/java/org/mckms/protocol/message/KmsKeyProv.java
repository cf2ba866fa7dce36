package org.mckms.protocol.message;

import java.util.List;

/**
 * Answer to KMS KeyProvision: the key sets of the caller's identities (TS 33.180 clause D.2.4). Closing it wipes the
 * private keys of every set.
 *
 * @param keySets any number; none is legal
 */
public record KmsKeyProv(List<KmsKeySet> keySets) implements KmsMessage, AutoCloseable {
    public KmsKeyProv {
        keySets = List.copyOf(keySets);
    }

    @Override
    public void close() {
        keySets.forEach(KmsKeySet::close);
    }
}
