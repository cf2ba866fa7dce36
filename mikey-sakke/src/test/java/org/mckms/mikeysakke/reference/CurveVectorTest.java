package org.mckms.mikeysakke.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.vectors.UsesVectors;
import org.mckms.mikeysakke.vectors.VectorFile;

@UsesVectors({
    "field/p256.json",
    "field/sakke-parameter-set-1.json",
    "field/pairing-selfmade.json",
    "field/wrong-order-selfmade.json"
})
class CurveVectorTest {
    private static final Point P = Curve.SAKKE.generator();

    @TestFactory
    Stream<DynamicTest> hasTheParametersOfP256() {
        Octets g = Octets.copyOf(Curve.P256.generator().encode());
        BigInteger x = new BigInteger(g.slice(1, 33).toHex(), 16);
        BigInteger y = new BigInteger(g.slice(33, 65).toHex(), 16);
        BigInteger p = Curve.P256.field().modulus();
        BigInteger b = y.pow(2)
                .subtract(x.pow(3))
                .add(x.multiply(BigInteger.valueOf(3)))
                .mod(p);
        return reproduces(
                "field/p256.json",
                Map.of(
                        "p", () -> octets(p, 32),
                        "q", () -> octets(Curve.P256.order(), 32),
                        "b", () -> octets(b, 32),
                        "G", () -> g));
    }

    @TestFactory
    Stream<DynamicTest> hasTheParametersOfParameterSet1() {
        Octets generator = Octets.copyOf(P.encode());
        BigInteger p = Curve.SAKKE.field().modulus();
        BigInteger q = Curve.SAKKE.order();
        return reproduces(
                "field/sakke-parameter-set-1.json",
                Map.of(
                        "p", () -> octets(p, 128),
                        "q", () -> octets(q, 128),
                        "Px", () -> generator.slice(1, 129),
                        "Py", () -> generator.slice(129, 257),
                        "g", () -> Octets.copyOf(PairingValue.generator().encode()),
                        "n", () -> octets(BigInteger.valueOf(128), 1),
                        "L", () -> octets(BigInteger.valueOf(Curve.SAKKE.coordinateOctets()), 1),
                        "cofactor", () -> octets(p.add(BigInteger.ONE).divide(q), 1),
                        "qBits", () -> octets(BigInteger.valueOf(q.bitLength()), 2),
                        "pBits", () -> octets(BigInteger.valueOf(p.bitLength()), 2)));
    }

    @TestFactory
    Stream<DynamicTest> pairsAsTheVectorsSay() {
        Point twoP = P.twice();
        Point threeP = twoP.plus(P);
        Point fiveP = threeP.plus(twoP);
        return reproduces(
                "field/pairing-selfmade.json",
                Map.of(
                        "twoP", () -> Octets.copyOf(twoP.encode()),
                        "threeP", () -> Octets.copyOf(threeP.encode()),
                        "fiveP", () -> Octets.copyOf(fiveP.encode()),
                        "pairing_2P_3P", () -> pairing(twoP, threeP),
                        "g_pow_2",
                                () -> Octets.copyOf(
                                        PairingValue.generatorPower(scalar(2)).encode()),
                        "pairing_P_5P", () -> pairing(P, fiveP)));
    }

    @TestFactory
    Stream<DynamicTest> rejectsPointsOfAnotherOrder() {
        return VectorFile.load("field/wrong-order-selfmade.json").tests(row -> {
            Point onCurve = Curve.SAKKE.decode(row.bytes("point"));

            assertThat(Octets.copyOf(onCurve.encode())).isEqualTo(row.octets("point"));
            assertThatThrownBy(() -> Curve.SAKKE.decodeInSubgroup(row.bytes("point")))
                    .isInstanceOf(InvalidKeyMaterialException.class)
                    .hasMessageContaining("order");
        });
    }

    private static Stream<DynamicTest> reproduces(String path, Map<String, Supplier<Octets>> computed) {
        return VectorFile.load(path)
                .tests(row -> assertThat(computed.get(row.name()).get()).isEqualTo(row.octets("value")));
    }

    private static Octets pairing(Point a, Point b) {
        return Octets.copyOf(Pairing.of(a, b).orElseThrow().encode());
    }

    private static Scalar scalar(int value) {
        return Curve.SAKKE.scalar(new byte[] {(byte) value});
    }

    private static Octets octets(BigInteger value, int width) {
        return Octets.fromHex(String.format("%0" + 2 * width + "x", value));
    }
}
