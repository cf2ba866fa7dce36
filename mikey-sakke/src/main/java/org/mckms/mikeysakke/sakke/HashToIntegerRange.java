package org.mckms.mikeysakke.sakke;

import java.util.Arrays;
import org.mckms.mikeysakke.Sha256;
import org.mckms.mikeysakke.field.OrderField;

/** HashToIntegerRange of RFC 6508 clause 5.1 with SHA-256, for the two ranges that parameter set 1 needs. */
final class HashToIntegerRange {
    /** ceil(lg(q) / 256), q having 1022 bits. */
    private static final int BLOCKS_FOR_Q = 4;

    private HashToIntegerRange() {}

    /** The hash of the concatenation of {@code parts} to 0..q-1, as an element of {@link OrderField#SAKKE} that the caller wipes. */
    static long[] modQ(byte[]... parts) {
        byte[] blocks = blocks(BLOCKS_FOR_Q, parts);
        try {
            long[] element = OrderField.SAKKE.newElement();
            OrderField.SAKKE.reduce(element, blocks);
            return element;
        } finally {
            Arrays.fill(blocks, (byte) 0);
        }
    }

    /** The hash of {@code s} to 0..2^128-1, as 16 octets; ceil(128 / 256) is one block, of which the lowest octets count. */
    static byte[] mask(byte[] s) {
        byte[] block = blocks(1, s);
        try {
            return Arrays.copyOfRange(block, block.length - SharedSecretValue.OCTETS, block.length);
        } finally {
            Arrays.fill(block, (byte) 0);
        }
    }

    /** v_1 || ... || v_l with v_i = H(h_i || A), h_i = H(h_(i-1)), h_0 = 0, A = H(s). */
    private static byte[] blocks(int count, byte[]... parts) {
        byte[] a = Sha256.of(parts);
        try {
            byte[] h = new byte[Sha256.OCTETS];
            byte[] blocks = new byte[count * Sha256.OCTETS];
            for (int i = 0; i < count; i++) {
                h = Sha256.of(h);
                byte[] v = Sha256.of(h, a);
                System.arraycopy(v, 0, blocks, i * Sha256.OCTETS, v.length);
                Arrays.fill(v, (byte) 0);
            }
            return blocks;
        } finally {
            Arrays.fill(a, (byte) 0);
        }
    }
}
