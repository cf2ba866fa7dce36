package org.mckms.platform.datakey;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.mckms.mikeysakke.Octets;

/**
 * Octets encrypted by AES-256-GCM under a data key.
 *
 * @param keyId      the data key
 * @param iv         12 random octets
 * @param ciphertext as long as the clear octets, and 16 octets of tag
 */
public record SealedData(UUID keyId, Octets iv, Octets ciphertext) {

    static final int IV_OCTETS = 12;
    static final int TAG_OCTETS = 16;

    private static final int KEY_ID_OCTETS = 2 * Long.BYTES;
    private static final int HEAD_OCTETS = KEY_ID_OCTETS + IV_OCTETS;

    /** What sealing adds to the clear octets in {@link #toOctets}. */
    public static final int OVERHEAD_OCTETS = HEAD_OCTETS + TAG_OCTETS;

    public SealedData {
        requireNonNull(keyId, "keyId");
        if (iv.size() != IV_OCTETS) {
            throw new IllegalArgumentException("an IV has " + IV_OCTETS + " octets, not " + iv.size());
        }
        if (ciphertext.size() < TAG_OCTETS) {
            throw new IllegalArgumentException("a ciphertext has its tag of " + TAG_OCTETS + " octets at least");
        }
    }

    /** Key id (16, big-endian), IV (12), ciphertext: for one column. */
    public Octets toOctets() {
        return Octets.copyOf(ByteBuffer.allocate(HEAD_OCTETS + ciphertext.size())
                .putLong(keyId.getMostSignificantBits())
                .putLong(keyId.getLeastSignificantBits())
                .put(iv.toByteArray())
                .put(ciphertext.toByteArray())
                .array());
    }

    /**
     * Undoes {@link #toOctets}.
     *
     * @throws IllegalArgumentException if there are too few octets
     */
    public static SealedData of(Octets column) {
        if (column.size() < OVERHEAD_OCTETS) {
            throw new IllegalArgumentException("sealed data of " + column.size() + " octets are cut off");
        }
        ByteBuffer head = ByteBuffer.wrap(column.toByteArray(), 0, KEY_ID_OCTETS);
        return new SealedData(
                new UUID(head.getLong(), head.getLong()),
                column.slice(KEY_ID_OCTETS, HEAD_OCTETS),
                column.slice(HEAD_OCTETS, column.size()));
    }
}
