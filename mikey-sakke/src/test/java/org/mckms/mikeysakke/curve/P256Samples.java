package org.mckms.mikeysakke.curve;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.reference.Curve;

/** Scalars and points of P-256, the points by the reference arithmetic. */
final class P256Samples {
    static final BigInteger Q = new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);
    static final long SEED = 640;

    private P256Samples() {}

    /**
     * Scalars in 1..q-1: the ends, powers of two and their neighbours, each d 2^253 modulo q, of which one would meet its double in the last
     * window, and random ones.
     */
    static List<BigInteger> scalars() {
        Stream<BigInteger> small = IntStream.rangeClosed(1, 20).mapToObj(BigInteger::valueOf);
        Stream<BigInteger> powers = IntStream.of(6, 31, 63, 64, 65, 126, 192, 246, 251, 252, 253, 254, 255)
                .mapToObj(BigInteger.ONE::shiftLeft)
                .flatMap(x -> Stream.of(x.subtract(BigInteger.ONE), x, x.add(BigInteger.ONE)));
        Stream<BigInteger> doubles =
                IntStream.range(1, 32).mapToObj(d -> BigInteger.valueOf(d).shiftLeft(253));
        Random random = new Random(SEED);
        Stream<BigInteger> any =
                IntStream.range(0, 40).mapToObj(i -> new BigInteger(256, random).shiftRight(random.nextInt(64)));
        return Stream.of(small, powers, doubles, any)
                .flatMap(x -> x)
                .map(x -> x.mod(Q))
                .flatMap(x -> Stream.of(x, Q.subtract(x)))
                .filter(x -> x.signum() > 0 && x.compareTo(Q) < 0)
                .toList();
    }

    /** 32 octets, big-endian. */
    static byte[] octets(BigInteger scalar) {
        return Octets.fromHex(String.format("%064X", scalar)).toByteArray();
    }

    /** [k]G, 65 octets. */
    static byte[] multiple(BigInteger k) {
        return Curve.P256.multiplyGenerator(Curve.P256.scalar(octets(k.mod(Q)))).encode();
    }

    /** [k]G with Z = 1, infinity for k = 0. */
    static P256Point point(long k) {
        return point(BigInteger.valueOf(k));
    }

    static P256Point point(BigInteger k) {
        return k.mod(Q).signum() == 0 ? new P256Point() : P256Point.decode(multiple(k));
    }

    /** The encoded point, of any Z. */
    static byte[] encoded(P256Point point) {
        point.normalise();
        return point.encode();
    }
}
