package org.mckms.mikeysakke.identity;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * Identifier of a key such as a GMK-ID, GUK-ID or CSK-ID (TS 33.180 clause 5.2.2): 32 bits, the 4 most significant ones a purpose tag,
 * the other 28 random.
 *
 * @param value the 32 bits
 */
public record KeyIdentifier(int value) {
    /** Length of an encoded identifier. */
    public static final int OCTETS = 4;

    private static final int VARIABLE_BITS = 28;
    private static final int VARIABLE_MASK = (1 << VARIABLE_BITS) - 1;

    /**
     * Reads 4 big-endian octets.
     *
     * @throws InvalidValueException if there are not 4 octets
     */
    public static KeyIdentifier of(Octets octets) {
        if (octets.size() != OCTETS) {
            throw new InvalidValueException("a key identifier has 4 octets, not " + octets.size());
        }
        int value = 0;
        for (int i = 0; i < OCTETS; i++) {
            value = value << 8 | octets.at(i) & 0xFF;
        }
        return new KeyIdentifier(value);
    }

    /** 4 big-endian octets. */
    public Octets octets() {
        byte[] octets = {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
        return Octets.copyOf(octets);
    }

    /** The kind of key, 0..15; 0 is a GMK, 1 a PCK, 2 a CSK. */
    public int purposeTag() {
        return value >>> VARIABLE_BITS;
    }

    /** The identifier with its 28 lower bits combined with those of {@code salt} by exclusive or, the purpose tag unchanged. */
    public KeyIdentifier xorVariableBits(int salt) {
        return new KeyIdentifier(value ^ salt & VARIABLE_MASK);
    }

    /** 8 upper case hex digits. */
    @Override
    public String toString() {
        return octets().toHex();
    }
}
