package org.mckms.mikeysakke.curve;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mckms.mikeysakke.field.BatchInverse;
import org.mckms.mikeysakke.field.ScalarSakkeField;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.vectors.VectorFile;

/** Points of the SAKKE curve by the reference arithmetic. */
public final class SamplePoints {
    private static final ScalarSakkeField FIELD = ScalarSakkeField.INSTANCE;

    private SamplePoints() {}

    /** [k]P. */
    public static byte[] multiple(BigInteger k) {
        return Curve.SAKKE
                .multiplyGenerator(Curve.SAKKE.scalarModOrder(Integers.octets(k)))
                .encode();
    }

    public static Stream<byte[]> ofOrderQ() {
        Random random = new Random(4);
        return Stream.concat(
                Stream.of(BigInteger.ONE, BigInteger.TWO, Integers.Q.subtract(BigInteger.ONE))
                        .map(SamplePoints::multiple),
                IntStream.range(0, 4).mapToObj(i -> multiple(new BigInteger(1021, random))));
    }

    /** Of orders 2, 4, q, 2q and 4q. */
    public static Stream<byte[]> ofAnyOrder() {
        return Stream.concat(
                ofOrderQ(),
                VectorFile.load("field/wrong-order-selfmade.json").cases().stream()
                        .map(row -> row.bytes("point")));
    }

    /** The octets of a point of order q. */
    public static byte[] encode(EdwardsPoint point) {
        EdwardsMap map = new EdwardsMap(FIELD);
        long[] x = new long[FIELD.size()];
        long[] y = new long[FIELD.size()];
        long[] one = new long[FIELD.size()];
        long[][] inverse = {new long[FIELD.size()]};
        FIELD.setOne(one);
        map.denominator(inverse[0], point);
        BatchInverse.invertAll(FIELD, inverse, one);
        map.toWeierstrass(x, y, point, inverse[0]);
        return SakkePoints.encode(x, y);
    }
}
