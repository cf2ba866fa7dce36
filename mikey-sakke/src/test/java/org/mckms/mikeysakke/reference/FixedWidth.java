package org.mckms.mikeysakke.reference;

import java.math.BigInteger;
import java.util.Arrays;

/** Non-negative integers as big-endian octets of a fixed width; the only place that calls {@link BigInteger#toByteArray}. */
final class FixedWidth {
    private FixedWidth() {}

    /**
     * Left-pads with zero octets.
     *
     * @throws IllegalArgumentException if the value is negative or does not fit
     */
    static byte[] encode(BigInteger value, int octets) {
        if (value.signum() < 0 || value.bitLength() > 8 * octets) {
            throw new IllegalArgumentException("value does not fit " + octets + " octets");
        }
        byte[] minimal = value.toByteArray();
        int signOctets = minimal.length > octets ? 1 : 0;
        int length = minimal.length - signOctets;
        byte[] padded = new byte[octets];
        System.arraycopy(minimal, signOctets, padded, octets - length, length);
        Arrays.fill(minimal, (byte) 0);
        return padded;
    }

    static BigInteger decode(byte[] octets) {
        return new BigInteger(1, octets);
    }

    static BigInteger decode(byte[] octets, int from, int length) {
        return new BigInteger(1, octets, from, length);
    }
}
