package org.mckms.protocol.security;

import java.util.Objects;
import java.util.Optional;

/**
 * The keys that one device shares with its KMS (TS 33.180 clause D.1). Without an integrity key, as in TS 33.179, the
 * transport key signs too. Closing wipes both.
 */
public final class ClientKeys implements AutoCloseable {
    private final NamedKey transportKey;
    private final Optional<NamedKey> integrityKey;

    /** Takes both keys over; the caller no longer closes them. */
    public ClientKeys(NamedKey transportKey, Optional<NamedKey> integrityKey) {
        this.transportKey = Objects.requireNonNull(transportKey, "transportKey");
        this.integrityKey = Objects.requireNonNull(integrityKey, "integrityKey");
    }

    /** TrK: wraps the keys in responses. */
    public NamedKey transportKey() {
        return transportKey;
    }

    /** InK: signs requests and responses. */
    public Optional<NamedKey> integrityKey() {
        return integrityKey;
    }

    /** The key that signs: the InK if there is one, else the TrK (TS 33.180 clause D.2.2). */
    public NamedKey signingKey() {
        return integrityKey.orElse(transportKey);
    }

    /** The same keys, to be closed by themselves. */
    public ClientKeys copy() {
        return new ClientKeys(transportKey.copy(), integrityKey.map(NamedKey::copy));
    }

    @Override
    public void close() {
        transportKey.close();
        integrityKey.ifPresent(NamedKey::close);
    }

    @Override
    public String toString() {
        return "ClientKeys[" + transportKey
                + integrityKey.map(key -> ", " + key).orElse("") + "]";
    }
}
