package org.mckms.kms.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/**
 * The clear form of the keys of one device: 32 octets for each name of the record, the active ones first, TrK before InK.
 * Their names stand in the record, which is authenticated with them.
 */
final class ClientKeysBlob {

    static final int KEY_OCTETS = SealedClientKeys.KEY_OCTETS;

    private ClientKeysBlob() {}

    /** @return a fresh array, which the caller wipes */
    static byte[] clear(Optional<ClientKeys> active, Optional<ClientKeys> pending) {
        List<NamedKey> keys = Stream.of(active, pending)
                .flatMap(Optional::stream)
                .flatMap(pair -> Stream.concat(Stream.of(pair.transportKey()), pair.integrityKey().stream()))
                .toList();
        byte[] clear = new byte[keys.size() * KEY_OCTETS];
        for (int i = 0; i < keys.size(); i++) {
            int at = i * KEY_OCTETS;
            keys.get(i).key().use(octets -> {
                System.arraycopy(octets, 0, clear, at, KEY_OCTETS);
                return clear;
            });
        }
        return clear;
    }

    /** Whether there are as many keys as names. */
    static boolean fits(ClientKeysRecord record, byte[] clear) {
        return clear.length
                == KEY_OCTETS
                        * (record.activeNames().size() + record.pendingNames().size());
    }

    /** The active keys of a record that is not revoked. */
    static ClientKeys active(ClientKeysRecord record, byte[] clear) {
        return keys(record.activeNames(), clear, 0);
    }

    /** The keys on their way, if there are any. */
    static Optional<ClientKeys> pending(ClientKeysRecord record, byte[] clear) {
        return record.isRotating()
                ? Optional.of(
                        keys(record.pendingNames(), clear, record.activeNames().size()))
                : Optional.empty();
    }

    private static ClientKeys keys(List<String> names, byte[] clear, int first) {
        NamedKey transport = key(names.get(0), clear, first);
        Optional<NamedKey> integrity =
                names.size() > 1 ? Optional.of(key(names.get(1), clear, first + 1)) : Optional.empty();
        return new ClientKeys(transport, integrity);
    }

    private static NamedKey key(String name, byte[] clear, int index) {
        return NamedKey.takeFrom(name, Arrays.copyOfRange(clear, index * KEY_OCTETS, (index + 1) * KEY_OCTETS));
    }
}
