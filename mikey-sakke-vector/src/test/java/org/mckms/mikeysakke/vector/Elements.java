package org.mckms.mikeysakke.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import org.mckms.mikeysakke.field.SakkeField;

/** Random elements of the field, the same for a seed, with edges in all lanes, and their way into packs and back. */
final class Elements {
    private final VectorSakkeField field;
    private final long seed;
    private final Random random;
    private final BigInteger[] edges;
    private int count;

    Elements(VectorSakkeField field, long seed) {
        this.field = field;
        this.seed = seed;
        this.random = new Random(seed);
        BigInteger half = Modulus.P.shiftRight(1);
        BigInteger ones = BigInteger.ONE.shiftLeft(1023).subtract(BigInteger.ONE);
        this.edges = new BigInteger[] {
            BigInteger.ZERO,
            BigInteger.ONE,
            BigInteger.TWO,
            Modulus.P.subtract(BigInteger.ONE),
            Modulus.P.subtract(BigInteger.TWO),
            half,
            half.add(BigInteger.ONE),
            ones,
            BigInteger.ONE.shiftLeft(1008),
            BigInteger.ONE.shiftLeft(24),
            BigInteger.ONE.shiftLeft(24).subtract(BigInteger.ONE),
            BigInteger.ONE.shiftLeft(23),
            Modulus.R.mod(Modulus.P),
            Modulus.R.modInverse(Modulus.P),
            Modulus.P.subtract(Modulus.R.modInverse(Modulus.P)),
        };
    }

    String seed() {
        return "seed " + seed + ", pack " + count;
    }

    /** Eight elements; every edge stands in every lane before long. */
    BigInteger[] next() {
        count++;
        return lanes(lane -> (count + lane) % 3 == 0
                ? edges[random.nextInt(edges.length)]
                : new BigInteger(1100, random)
                        .shiftRight(random.nextInt(5) == 0 ? random.nextInt(1100) : 0)
                        .mod(Modulus.P));
    }

    long[] masks() {
        long[] masks = new long[Lanes.COUNT];
        Arrays.setAll(masks, i -> -random.nextInt(2));
        return masks;
    }

    long[] pack(BigInteger[] x) {
        long[] pack = new long[field.size()];
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            field.decode(pack, lane, octets(x[lane]), 5);
        }
        return pack;
    }

    static byte[] octets(BigInteger x) {
        byte[] signed = x.toByteArray();
        byte[] octets = new byte[5 + SakkeField.OCTETS];
        int length = Math.min(signed.length, SakkeField.OCTETS);
        System.arraycopy(signed, signed.length - length, octets, octets.length - length, length);
        return octets;
    }

    BigInteger[] values(long[] pack) {
        byte[] octets = new byte[SakkeField.OCTETS];
        return lanes(lane -> {
            field.encode(octets, 0, pack, lane);
            return new BigInteger(1, octets);
        });
    }

    void assertTight(long[] pack) {
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            BigInteger value = BigInteger.ZERO;
            for (int i = Modulus.SIZE - 1; i >= 0; i--) {
                double limb = Double.longBitsToDouble(pack[i * Lanes.COUNT + lane]);
                assertThat(Math.abs(limb)).isLessThanOrEqualTo(0x1p23 + 64);
                assertThat(limb).isEqualTo(Math.rint(limb));
                value = value.shiftLeft(Modulus.BITS).add(BigInteger.valueOf((long) limb));
            }
            assertThat(value.abs().multiply(BigInteger.TEN)).isLessThan(Modulus.P.multiply(BigInteger.valueOf(8)));
        }
    }

    /** The values of the lanes. */
    static BigInteger[] lanes(IntFunction<BigInteger> lane) {
        BigInteger[] values = new BigInteger[Lanes.COUNT];
        Arrays.setAll(values, lane);
        return values;
    }
}
