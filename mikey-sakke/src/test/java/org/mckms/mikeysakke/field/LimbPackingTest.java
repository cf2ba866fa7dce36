package org.mckms.mikeysakke.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimbPackingTest {
    private static final long SEED = 20260126;

    private final Random random = new Random(SEED);

    @ParameterizedTest
    @ValueSource(ints = {8, 50, 54, 58, 60, 63, 64})
    void readsAndWritesOctets(int bits) {
        for (int length = 1; length < 140; length++) {
            byte[] octets = new byte[length + 2];
            random.nextBytes(octets);
            BigInteger x = new BigInteger(1, Arrays.copyOfRange(octets, 1, length + 1));
            long[] limbs = new long[8 * length / bits + 1];
            Arrays.fill(limbs, -1);
            LimbPacking.fromOctets(limbs, bits, octets, 1, length);
            assertThat(Numbers.number(limbs, bits)).isEqualTo(x);
            byte[] written = octets.clone();
            Arrays.fill(written, 1, length + 1, (byte) 0x55);
            LimbPacking.toOctets(written, 1, length, limbs, bits);
            assertThat(written).isEqualTo(octets);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 54, 58, 60, 63, 64})
    void changesTheWidth(int to) {
        for (int from : new int[] {50, 54, 58, 60, 63, 64}) {
            BigInteger x = new BigInteger(1024, random);
            long[] limbs = new long[1024 / from + 1];
            LimbPacking.repack(limbs, from, Numbers.words(x, 16), 64);
            long[] others = new long[1024 / to + 1];
            LimbPacking.repack(others, to, limbs, from);
            assertThat(Numbers.number(others, to)).as("%d to %d bits", from, to).isEqualTo(x);
        }
    }

    @Test
    void dropsWhatHasNoRoomAndFillsWithZeros() {
        long[] one = new long[1];
        LimbPacking.repack(one, 60, new long[] {-1, -1}, 64);
        assertThat(one).containsExactly((1L << 60) - 1);
        long[] three = {7, 7, 7};
        LimbPacking.repack(three, 60, new long[] {-1}, 64);
        assertThat(three).containsExactly((1L << 60) - 1, 15, 0);
        LimbPacking.fromOctets(one, 60, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0, 10);
        assertThat(one).containsExactly(0x0405060708090AL | 3L << 56);
        byte[] octets = new byte[10];
        LimbPacking.toOctets(octets, 0, 10, new long[] {0x0102}, 60);
        assertThat(octets).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1, 2);
    }
}
