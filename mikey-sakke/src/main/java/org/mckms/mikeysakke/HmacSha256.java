package org.mckms.mikeysakke;

import java.util.Arrays;

/**
 * HMAC-SHA-256 (RFC 2104), for keys that are wiped: {@link javax.crypto.Mac} keeps copies of its key, and of the padded key, for as long
 * as the collector lets them be.
 */
public final class HmacSha256 {
    /** Octets of a block of SHA-256, and the length of the longest key. */
    public static final int BLOCK_OCTETS = 64;

    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private HmacSha256() {}

    /**
     * The code of the concatenation of {@code parts}.
     *
     * @param key up to 64 octets, not kept
     * @return 32 octets, in an array that the caller wipes when they are secret
     * @throws InvalidValueException if the key is longer
     */
    public static byte[] of(byte[] key, byte[]... parts) {
        if (key.length > BLOCK_OCTETS) {
            throw new InvalidValueException("an HMAC key has up to 64 octets here, not " + key.length);
        }
        byte[] pad = new byte[BLOCK_OCTETS];
        byte[] hash = null;
        try {
            setPad(pad, key, INNER);
            byte[][] padded = new byte[parts.length + 1][];
            padded[0] = pad;
            System.arraycopy(parts, 0, padded, 1, parts.length);
            hash = Sha256.of(padded);
            setPad(pad, key, OUTER);
            return Sha256.of(pad, hash);
        } finally {
            Arrays.fill(pad, (byte) 0);
            if (hash != null) {
                Arrays.fill(hash, (byte) 0);
            }
        }
    }

    private static void setPad(byte[] pad, byte[] key, byte with) {
        for (int i = 0; i < pad.length; i++) {
            byte octet = i < key.length ? key[i] : 0;
            pad[i] = (byte) (octet ^ with);
        }
    }
}
