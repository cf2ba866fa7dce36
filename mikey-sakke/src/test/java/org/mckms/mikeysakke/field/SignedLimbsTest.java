package org.mckms.mikeysakke.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Divsteps and the application of their matrices against integers of any size. */
class SignedLimbsTest {
    private static final long SEED = 20260125;
    private static final int SIZE = 18;
    private static final int BITS = SignedLimbs.BITS;
    private static final BigInteger BASE = BigInteger.ONE.shiftLeft(BITS);
    private static final BigInteger MODULUS = Numbers.SAKKE_P;

    /** Pairs f, g: f odd, with limbs of ones and zeros, both signs, and random. */
    static Stream<BigInteger[]> pairs() {
        Random random = new Random(SEED);
        BigInteger ones = BigInteger.ONE.shiftLeft(1024).subtract(BigInteger.ONE);
        BigInteger top = BigInteger.ONE.shiftLeft(1023);
        Stream<BigInteger[]> edges = Stream.of(
                new BigInteger[] {ones, ones},
                new BigInteger[] {ones, BigInteger.ZERO},
                new BigInteger[] {ones.negate(), ones},
                new BigInteger[] {ones.negate(), ones.negate()},
                new BigInteger[] {BigInteger.ONE, ones},
                new BigInteger[] {BigInteger.ONE.negate(), top},
                new BigInteger[] {top.add(BigInteger.ONE), top},
                new BigInteger[] {MODULUS, MODULUS.subtract(BigInteger.ONE)});
        Stream<BigInteger[]> uniform = Stream.generate(
                        () -> new BigInteger[] {signed(random).setBit(0), signed(random)})
                .limit(200);
        return Stream.concat(edges, uniform);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void runsTheDivstepsOfTheDefinition(BigInteger f, BigInteger g) {
        DivstepMatrix matrix = new DivstepMatrix();
        BigInteger[] expected = {f, g};
        int twiceDelta = 1;
        for (int batch = 0; batch < 3; batch++) {
            long[] limbsOfF = limbs(expected[0]);
            long[] limbsOfG = limbs(expected[1]);
            for (int step = 0; step < DivstepMatrix.STEPS; step++) {
                twiceDelta = divstep(expected, twiceDelta);
            }
            matrix.run(limbsOfF[0], limbsOfG[0]);
            SignedLimbs.transform(limbsOfF, limbsOfG, matrix);
            assertThat(number(limbsOfF)).isEqualTo(expected[0]);
            assertThat(number(limbsOfG)).isEqualTo(expected[1]);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void transformsModuloTheModulus(BigInteger f, BigInteger g) {
        DivstepMatrix matrix = new DivstepMatrix();
        matrix.run(limbs(f)[0], limbs(g)[0]);
        // grown as far as they are after all batches
        BigInteger d = MODULUS.multiply(BigInteger.valueOf(20)).add(f);
        BigInteger e = MODULUS.multiply(BigInteger.valueOf(-20)).add(g);
        long[] limbsOfD = limbs(d);
        long[] limbsOfE = limbs(e);
        long[] modulus = limbs(MODULUS);
        SignedLimbs.transformModulo(limbsOfD, limbsOfE, matrix, modulus, -ModularInverse.wordInverse(modulus[0]));
        requireQuotient(limbsOfD, d, e, matrix.u, matrix.v);
        requireQuotient(limbsOfE, d, e, matrix.q, matrix.r);
    }

    @Test
    void addsSubtractsAndNegates() {
        Random random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            BigInteger x = signed(random);
            BigInteger y = signed(random);
            long[] a = limbs(x);
            SignedLimbs.addIf(a, limbs(y), 0);
            assertThat(number(a)).isEqualTo(x);
            SignedLimbs.addIf(a, limbs(y), -1);
            assertThat(number(a)).isEqualTo(x.add(y));
            SignedLimbs.subtract(a, limbs(y));
            assertThat(number(a)).isEqualTo(x);
            assertThat(SignedLimbs.sign(a)).isEqualTo(x.signum() < 0 ? -1 : 0);
            SignedLimbs.negateIf(a, 0);
            assertThat(number(a)).isEqualTo(x);
            SignedLimbs.negateIf(a, -1);
            assertThat(number(a)).isEqualTo(x.negate());
        }
    }

    /** 2^60 times the result is u d + v e modulo the modulus, and the result is as small as promised. */
    private static void requireQuotient(long[] result, BigInteger d, BigInteger e, long u, long v) {
        BigInteger sum = d.multiply(BigInteger.valueOf(u)).add(e.multiply(BigInteger.valueOf(v)));
        BigInteger rest = number(result).multiply(BASE).subtract(sum);
        assertThat(rest.mod(MODULUS)).isZero();
        assertThat(rest.divide(MODULUS).abs()).isLessThanOrEqualTo(BASE.shiftRight(1));
    }

    /** One divstep on f and g by its definition; returns 2 delta. */
    private static int divstep(BigInteger[] fg, int twiceDelta) {
        BigInteger f = fg[0];
        BigInteger g = fg[1];
        if (twiceDelta > 0 && g.testBit(0)) {
            fg[0] = g;
            fg[1] = g.subtract(f).shiftRight(1);
            return 2 - twiceDelta;
        }
        fg[1] = (g.testBit(0) ? g.add(f) : g).shiftRight(1);
        return 2 + twiceDelta;
    }

    private static BigInteger signed(Random random) {
        BigInteger size = Numbers.random(MODULUS, random);
        return random.nextBoolean() ? size : size.negate();
    }

    private static long[] limbs(BigInteger x) {
        long[] limbs = new long[SIZE];
        for (int i = 0; i < SIZE - 1; i++) {
            limbs[i] = x.shiftRight(BITS * i).mod(BASE).longValueExact();
        }
        limbs[SIZE - 1] = x.shiftRight(BITS * (SIZE - 1)).longValueExact();
        return limbs;
    }

    private static BigInteger number(long[] limbs) {
        BigInteger x = BigInteger.ZERO;
        for (int i = SIZE - 1; i >= 0; i--) {
            assertThat(limbs[i] >>> BITS == 0 || i == SIZE - 1).isTrue();
            x = x.shiftLeft(BITS).add(BigInteger.valueOf(limbs[i]));
        }
        return x;
    }
}
