package org.mckms.kms.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.mckms.mikeysakke.Octets;

/**
 * Key derivation in counter mode (NIST SP 800-108r1 clause 4.1) with a 512-bit PRF and 32-bit counter and length:
 * K(i) = PRF([i] || Label || 00 || Context || [L]), i from 1, L in bits.
 */
final class CounterModeDerivation {

    private static final int BLOCK_BITS = Prf.OUTPUT_OCTETS * Byte.SIZE;

    private CounterModeDerivation() {}

    /**
     * @param label ASCII
     * @param bits  a positive multiple of 512
     * @return {@code bits / 8} octets, which the caller wipes
     */
    static byte[] derive(Prf prf, String label, Octets context, int bits) {
        if (bits <= 0 || bits % BLOCK_BITS != 0) {
            throw new IllegalArgumentException("cannot derive " + bits + " bits");
        }
        byte[] derived = new byte[bits / Byte.SIZE];
        for (int i = 1; i <= bits / BLOCK_BITS; i++) {
            byte[] block = prf.compute(input(i, label, context, bits));
            System.arraycopy(block, 0, derived, (i - 1) * Prf.OUTPUT_OCTETS, Prf.OUTPUT_OCTETS);
            Arrays.fill(block, (byte) 0);
        }
        return derived;
    }

    private static byte[] input(int counter, String label, Octets context, int bits) {
        byte[] labelOctets = label.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(Integer.BYTES + labelOctets.length + 1 + context.size() + Integer.BYTES)
                .putInt(counter)
                .put(labelOctets)
                .put((byte) 0)
                .put(context.toByteArray())
                .putInt(bits)
                .array();
    }
}
