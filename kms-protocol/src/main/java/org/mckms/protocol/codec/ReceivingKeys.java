package org.mckms.protocol.codec;

import java.util.Optional;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/**
 * The keys of a client that reads an answer. They stay the client's, to be closed after reading. Each is found in its own
 * role only: an InK never unwraps, and a TrK never verifies where there is an InK (TS 33.180 clause D.2.2).
 */
public interface ReceivingKeys {
    /** A client without keys: it reads plain, unsigned answers only. */
    ReceivingKeys NONE = new ReceivingKeys() {
        @Override
        public Optional<NamedKey> transportKey(String keyName) {
            return Optional.empty();
        }

        @Override
        public Optional<NamedKey> signingKey(String keyName) {
            return Optional.empty();
        }
    };

    /** The TrK of that name, if the client has it. */
    Optional<NamedKey> transportKey(String keyName);

    /** The key of that name that signs, if the client has it: an InK, or a TrK that has no InK beside it. */
    Optional<NamedKey> signingKey(String keyName);

    /** One pair. */
    static ReceivingKeys of(ClientKeys keys) {
        return new ReceivingKeys() {
            @Override
            public Optional<NamedKey> transportKey(String keyName) {
                return Optional.of(keys.transportKey()).filter(key -> key.name().equals(keyName));
            }

            @Override
            public Optional<NamedKey> signingKey(String keyName) {
                return Optional.of(keys.signingKey()).filter(key -> key.name().equals(keyName));
            }
        };
    }
}
