package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.security.ClientKeys;

/**
 * Seals and opens the keys of devices. Every column of a row but the time of last use is authenticated with its keys:
 * whoever can write to the database can neither move keys to another identity or device nor change what is said of them.
 */
public final class ClientKeysSafe {

    private final ClientStore store;
    private final SealCounts counts;
    private final RowGuard guard;

    public ClientKeysSafe(ClientStore store, SealCounts counts, RowGuard guard) {
        this.store = requireNonNull(store, "store");
        this.counts = requireNonNull(counts, "counts");
        this.guard = requireNonNull(guard, "guard");
    }

    /**
     * The key that seals now.
     *
     * @throws KmsException {@code NOT_READY} if the token has none, or it was used as often as it may be
     */
    String sealingLabel() {
        String label = store.currentLabel();
        if (counts.seals(label) >= SealCounts.MOST) {
            throw new KmsException(
                    KmsErrorCode.NOT_READY,
                    "the token key " + label + " was used " + SealCounts.MOST
                            + " times; an officer makes the next one");
        }
        return label;
    }

    /** Seals under the key that the record names. */
    StoredClientKeys.Content seal(ClientKeysRecord record, Optional<ClientKeys> active, Optional<ClientKeys> pending) {
        byte[] clear = ClientKeysBlob.clear(active, pending);
        try {
            SealedClientKeys sealed = store.seal(record.keyLabel(), clear, context(record));
            counts.countSeal(record.keyLabel());
            return new StoredClientKeys.Content(record, sealed);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    /**
     * Opens the keys of a record that is not revoked.
     *
     * @throws KmsException {@code INTERNAL} if the row is not what this server wrote there
     */
    OpenedClientKeys open(StoredClientKeys.Content row) {
        ClientKeysRecord record = row.record();
        byte[] clear = clear(row).orElseThrow(() -> tampered(record.id(), "its keys do not belong to this row"));
        try {
            return new OpenedClientKeys(
                    record, ClientKeysBlob.active(record, clear), ClientKeysBlob.pending(record, clear));
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    /** Asks the token whether a row is what this server wrote. */
    boolean isIntact(StoredClientKeys.Content row) {
        Optional<byte[]> clear = clear(row);
        clear.ifPresent(octets -> Arrays.fill(octets, (byte) 0));
        return clear.isPresent();
    }

    private Optional<byte[]> clear(StoredClientKeys.Content row) {
        return store.open(row.record().keyLabel(), row.keys(), context(row.record()))
                .filter(clear -> ClientKeysBlob.fits(row.record(), clear));
    }

    /** Tells of a row that was changed past this server, and gives the refusal to throw. */
    KmsException tampered(ClientKeysId id, String finding) {
        return guard.tampered(RowTable.CLIENT_KEYS, id.toString(), finding);
    }

    /** The same for a row that cannot be read. */
    KmsException malformed(String id) {
        return guard.tampered(RowTable.CLIENT_KEYS, id, RowGuard.MALFORMED);
    }

    private byte[] context(ClientKeysRecord record) {
        return guard.fields(RowTable.CLIENT_KEYS)
                .text(record.id().ownerUri())
                .text(record.id().device())
                .number(record.revision())
                .name(record.state())
                .number(record.number())
                .time(record.usableUntil())
                .time(record.registeredAt())
                .time(record.rotatedAt())
                .flag(record.rotationOrdered())
                .texts(record.activeNames())
                .texts(record.pendingNames())
                .text(record.keyLabel())
                .message()
                .toByteArray();
    }
}
