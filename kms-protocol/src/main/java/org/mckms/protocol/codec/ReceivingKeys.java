package org.mckms.protocol.codec;

import java.util.Optional;
import java.util.stream.Stream;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** The keys of a client that reads an answer. They stay the client's, to be closed after reading. */
@FunctionalInterface
public interface ReceivingKeys {
    /** A client without keys: it reads plain, unsigned answers only. */
    ReceivingKeys NONE = name -> Optional.empty();

    /** The key of that name, if the client has it. */
    Optional<NamedKey> named(String keyName);

    /** One pair. */
    static ReceivingKeys of(ClientKeys keys) {
        return name -> Stream.concat(Stream.of(keys.transportKey()), keys.integrityKey().stream())
                .filter(key -> key.name().equals(name))
                .findFirst();
    }
}
