package org.mckms.mikeysakke.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModularInverseTest {
    private static final long SEED = 20260115;
    private static final int RANDOM_CASES = 300;

    static Stream<BigInteger> moduli() {
        return Stream.of(
                Numbers.SAKKE_P,
                Numbers.SAKKE_Q,
                Numbers.P256_P,
                Numbers.P256_Q,
                BigInteger.valueOf(3),
                BigInteger.valueOf(251),
                BigInteger.valueOf(257),
                BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE),
                BigInteger.ONE.shiftLeft(521).subtract(BigInteger.ONE));
    }

    static Stream<Arguments> edges() {
        return moduli().filter(modulus -> modulus.bitLength() > 130)
                .flatMap(modulus -> Numbers.edges(modulus).map(x -> Arguments.of(modulus, x)));
    }

    @ParameterizedTest
    @MethodSource("moduli")
    void invertsRandomNumbers(BigInteger modulus) {
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_CASES; i++) {
            BigInteger x = Numbers.random(modulus, random);
            assertThat(inverse(x, modulus)).as("%x, seed %d", x, SEED).isEqualTo(expected(x, modulus));
        }
    }

    @ParameterizedTest
    @MethodSource("edges")
    void invertsTheEdges(BigInteger modulus, BigInteger x) {
        assertThat(inverse(x, modulus)).isEqualTo(expected(x, modulus));
    }

    /** The number below 2^256 that needed the most divsteps in a search of the authors of the bound, and its inverse. */
    @ParameterizedTest
    @MethodSource("moduli")
    void invertsSlowNumbers(BigInteger modulus) {
        BigInteger slow = new BigInteger("4212888e98e92e1c5384b37d0bf0655ec3bbad64381e713d6d6b0490d4858c83", 16);
        BigInteger x = slow.mod(modulus);
        assertThat(inverse(x, modulus)).isEqualTo(expected(x, modulus));
        assertThat(inverse(expected(x, modulus), modulus)).isEqualTo(x);
    }

    @ParameterizedTest
    @MethodSource("moduli")
    void readsAndWritesLimbsOfAnyWidth(BigInteger modulus) {
        Random random = new Random(SEED);
        for (int bits : new int[] {50, 54, 58, 60, 63, 64}) {
            BigInteger x = Numbers.random(modulus, random);
            long[] limbs = new long[modulus.bitLength() / bits + 1];
            LimbPacking.repack(limbs, bits, Numbers.words(x, modulus.bitLength() / 64 + 1), 64);
            new ModularInverse(modulusOctets(modulus)).invert(limbs, bits);
            assertThat(Numbers.number(limbs, bits)).as("%x, width %d", x, bits).isEqualTo(expected(x, modulus));
        }
    }

    private static BigInteger inverse(BigInteger x, BigInteger modulus) {
        long[] words = Numbers.words(x, (modulus.bitLength() + 63) / 64);
        new ModularInverse(modulusOctets(modulus)).invert(words);
        return Numbers.number(words, 64);
    }

    private static byte[] modulusOctets(BigInteger modulus) {
        return Numbers.octets(modulus, (modulus.bitLength() + 7) / 8);
    }

    private static BigInteger expected(BigInteger x, BigInteger modulus) {
        return x.signum() == 0 ? x : x.modInverse(modulus);
    }
}
