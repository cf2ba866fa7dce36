package org.mckms.mikeysakke.field;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/** Numbers for the tests of arithmetic modulo a prime, by java.math.BigInteger. */
final class Numbers {
    static final BigInteger SAKKE_Q = new BigInteger(
            "265EAEC7C2958FF69971846636B4195E905B0338672D20986FA6B8D62CF8068B"
                    + "BD02AAC9F8BF03C6C8A1CC354C69672C39E46CE7FDF222864D5B49FD2999A9B4"
                    + "389B1921CC9AD335144AB173595A07386DABFD2A0C614AA0A9F3CF14870F026A"
                    + "A7E535ABD5A5C7C7FF38FA08E2615F6C203177C42B1EB3A1D99B601EBFAA17FB",
            16);

    /** p of SAKKE: p + 1 = 4 q. */
    static final BigInteger SAKKE_P = SAKKE_Q.shiftLeft(2).subtract(BigInteger.ONE);

    static final BigInteger P256_Q =
            new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);

    static final BigInteger P256_P =
            new BigInteger("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF", 16);

    private Numbers() {}

    /** Numbers below the modulus at which carries, borrows and limbs have their ends. */
    static Stream<BigInteger> edges(BigInteger modulus) {
        int bits = modulus.bitLength();
        Stream<BigInteger> powers = Stream.of(56, 58, 59, 60, 62, 64, 116, 120, 128, bits - 60, bits - 58, bits - 1)
                .map(BigInteger.ONE::shiftLeft);
        Stream<BigInteger> small = Stream.of(0, 1, 2, 3).map(BigInteger::valueOf);
        Stream<BigInteger> half = Stream.of(modulus.shiftRight(1));
        return Stream.of(
                        small,
                        powers.flatMap(x -> Stream.of(x, x.subtract(BigInteger.ONE), x.add(BigInteger.ONE))),
                        half.flatMap(x -> Stream.of(x, x.add(BigInteger.ONE))))
                .flatMap(x -> x)
                .flatMap(x -> Stream.of(x, modulus.subtract(x)))
                .map(x -> x.mod(modulus))
                .distinct();
    }

    /** A number below the modulus, now and then with long runs of ones or zeros. */
    static BigInteger random(BigInteger modulus, Random random) {
        BigInteger uniform = new BigInteger(modulus.bitLength() + 64, random);
        int run = random.nextInt(modulus.bitLength());
        BigInteger ones = BigInteger.ONE.shiftLeft(run).subtract(BigInteger.ONE);
        return switch (random.nextInt(4)) {
            case 0 -> uniform.shiftRight(run).mod(modulus);
            case 1 -> uniform.or(ones).mod(modulus);
            case 2 -> uniform.andNot(ones).mod(modulus);
            default -> uniform.mod(modulus);
        };
    }

    /** The number as big-endian octets of fixed width. */
    static byte[] octets(BigInteger x, int width) {
        byte[] signed = x.toByteArray();
        byte[] octets = new byte[width];
        int length = Math.min(width, signed.length);
        System.arraycopy(signed, signed.length - length, octets, width - length, length);
        return octets;
    }

    static BigInteger number(byte[] octets) {
        return new BigInteger(1, octets);
    }

    /** The number as little-endian words. */
    static long[] words(BigInteger x, int count) {
        long[] words = new long[count];
        Arrays.setAll(words, i -> x.shiftRight(Long.SIZE * i).longValue());
        return words;
    }

    static BigInteger number(long[] words, int bits) {
        BigInteger x = BigInteger.ZERO;
        for (int i = words.length - 1; i >= 0; i--) {
            x = x.shiftLeft(bits).or(new BigInteger(Long.toUnsignedString(words[i])));
        }
        return x;
    }
}
