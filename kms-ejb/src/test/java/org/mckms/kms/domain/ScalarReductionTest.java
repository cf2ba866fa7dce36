package org.mckms.kms.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.mikeysakke.Octets;

/** Compared with {@link BigInteger}, which is an independent implementation. */
class ScalarReductionTest {

    private static final long SEED = 6507;

    static Stream<Octets> moduli() {
        return Stream.of(ScalarReduction.ECCSI_ORDER, ScalarReduction.SAKKE_ORDER);
    }

    @ParameterizedTest
    @MethodSource("moduli")
    void reducesEdgeValues(Octets modulus) {
        BigInteger q = new BigInteger(1, modulus.toByteArray());
        for (BigInteger value : new BigInteger[] {
            BigInteger.ZERO,
            BigInteger.ONE,
            q.subtract(BigInteger.ONE),
            q,
            q.add(BigInteger.ONE),
            q.shiftLeft(1).subtract(BigInteger.ONE),
            q.shiftLeft(1),
            q.multiply(q).subtract(BigInteger.ONE),
            BigInteger.ONE.shiftLeft(1536).subtract(BigInteger.ONE).mod(q.multiply(q))
        }) {
            check(fixed(value, 2 * modulus.size()), modulus);
        }
    }

    @ParameterizedTest
    @MethodSource("moduli")
    void reducesRandomValues(Octets modulus) {
        Random random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            byte[] value = new byte[1 + random.nextInt(192)];
            random.nextBytes(value);
            check(value, modulus);
        }
    }

    @Test
    void leavesTheValueAsItIs() {
        byte[] value = new byte[64];
        Arrays.fill(value, (byte) 0xFF);
        ScalarReduction.reduce(value, ScalarReduction.ECCSI_ORDER);
        assertThat(value).containsOnly(0xFF);
    }

    @Test
    void refusesAModulusOfPartLimbs() {
        assertThatThrownBy(() -> ScalarReduction.reduce(new byte[4], Octets.fromHex("010203")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void check(byte[] value, Octets modulus) {
        BigInteger expected = new BigInteger(1, value).mod(new BigInteger(1, modulus.toByteArray()));
        byte[] reduced = ScalarReduction.reduce(value, modulus);
        assertThat(reduced).hasSize(modulus.size());
        assertThat(new BigInteger(1, reduced)).as("seed " + SEED).isEqualTo(expected);
    }

    private static byte[] fixed(BigInteger value, int size) {
        byte[] octets = new byte[size];
        byte[] shortest = value.toByteArray();
        int used = Math.min(size, shortest.length);
        System.arraycopy(shortest, shortest.length - used, octets, size - used, used);
        return octets;
    }
}
