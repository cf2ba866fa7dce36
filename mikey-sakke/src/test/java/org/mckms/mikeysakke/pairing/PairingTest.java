package org.mckms.mikeysakke.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.field.SakkeField;
import org.mckms.mikeysakke.field.ScalarSakkeField;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.reference.PairingValue;
import org.mckms.mikeysakke.reference.Point;
import org.mckms.mikeysakke.reference.Scalar;
import org.mckms.mikeysakke.vectors.VectorCase;
import org.mckms.mikeysakke.vectors.VectorFile;

/** The pairing of two points and the one with a table, against vectors, the arithmetic of BigInteger, and each other. */
class PairingTest {
    private static final long SEED = 20261121;
    private static final SakkeField SCALAR = ScalarSakkeField.INSTANCE;
    private static final Point P = Curve.SAKKE.generator();

    private static final Point A = P.multiply(Curve.SAKKE.scalarModOrder(Fixtures.bytes(Fixtures.seeded(SEED), 136)));
    private static final List<Point> B = new ArrayList<>();
    private static final List<Octets> EXPECTED = new ArrayList<>();

    private final SecureRandom random = Fixtures.seeded(SEED + 1);

    /** The ways to calculate a pairing of one a with each b. */
    enum Way {
        TWO_POINTS(SCALAR, false),
        TWO_POINTS_IN_TWO_LANES(new LanesField(SCALAR, 2), false),
        TABLE(SCALAR, true),
        TABLE_IN_TWO_LANES(new LanesField(SCALAR, 2), true);

        private final SakkeField field;
        private final boolean table;

        Way(SakkeField field, boolean table) {
            this.field = field;
            this.table = table;
        }

        List<Octets> pair(Octets a, List<Octets> b) {
            byte[][] as = new byte[b.size()][];
            Arrays.fill(as, a.toByteArray());
            byte[][] bs = b.stream().map(Octets::toByteArray).toArray(byte[][]::new);
            if (!table) {
                return listOf(new Pairing(field).pair(as, bs));
            }
            try (FixedPointPairing pairing = new FixedPointPairing(field, a.toByteArray())) {
                return listOf(pairing.pair(bs));
            }
        }

        Octets pair(Octets a, Octets b) {
            return pair(a, List.of(b)).get(0);
        }
    }

    @TestFactory
    Stream<DynamicTest> pairsAsTheVectorsSay() {
        List<VectorCase> own = VectorFile.load("field/pairing-selfmade.json").cases();
        List<VectorCase> rfc6508 = VectorFile.load("sakke/rfc6508.json").cases();
        Octets g = Octets.copyOf(PairingValue.generator().encode());
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(
                        DynamicTest.dynamicTest(way + " P, P", () -> assertThat(way.pair(octets(P), octets(P)))
                                .isEqualTo(g)),
                        DynamicTest.dynamicTest(
                                way + " 2P, 3P", () -> assertThat(way.pair(value(own, "twoP"), value(own, "threeP")))
                                        .isEqualTo(value(own, "pairing_2P_3P"))),
                        DynamicTest.dynamicTest(
                                way + " P, 5P", () -> assertThat(way.pair(octets(P), value(own, "fiveP")))
                                        .isEqualTo(value(own, "pairing_P_5P"))),
                        DynamicTest.dynamicTest(way + " RSK, R", () -> assertThat(
                                        way.pair(value(rfc6508, "RSK"), value(rfc6508, "RbS")))
                                .isEqualTo(value(rfc6508, "w")))));
    }

    @BeforeAll
    static void calculateWithBigInteger() {
        B.addAll(List.of(P, A, A.negate(), A.twice(), A.plus(P)));
        for (VectorCase row : withoutOrder2()) {
            Point point = Curve.SAKKE.decode(row.bytes("point"));
            B.addAll(List.of(point, point.plus(A)));
        }
        B.forEach(b -> EXPECTED.add(reference(A, b)));
    }

    /** Points that an attacker may choose are among them: related to A, and of an order that is not q. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void pairsAsTheArithmeticOfBigIntegerDoes(Way way) {
        assertThat(way.pair(octets(A), B.stream().map(PairingTest::octets).toList()))
                .as("seed %d", SEED)
                .isEqualTo(EXPECTED);
    }

    private static List<VectorCase> withoutOrder2() {
        return VectorFile.load("field/wrong-order-selfmade.json").cases().stream()
                .filter(row -> !row.name().equals("order 2"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void isBilinear(Way way) {
        Scalar k = scalar();
        Scalar l = scalar();
        Octets kP = octets(P.multiply(k));
        Octets lP = octets(P.multiply(l));
        Octets expected = Octets.copyOf(PairingValue.generatorPower(k.times(l)).encode());
        assertThat(way.pair(kP, lP)).as("seed %d", SEED).isEqualTo(expected);
        assertThat(way.pair(lP, kP)).as("seed %d", SEED).isEqualTo(expected);
        Octets klP = octets(P.multiply(k.times(l)));
        assertThat(way.pair(octets(P), klP)).as("seed %d", SEED).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aPointOfOrder2SpoilsNoOther(Way way) {
        Octets ofOrder2 = VectorFile.load("field/wrong-order-selfmade.json").cases().stream()
                .filter(row -> row.name().equals("order 2"))
                .map(row -> row.octets("point"))
                .findFirst()
                .orElseThrow();
        Octets b = octets(P.multiply(scalar()));
        List<Octets> values = way.pair(octets(P), List.of(ofOrder2, b, ofOrder2, b));
        assertThat(values.get(0)).isIn(Octets.copyOf(new byte[128]), null);
        assertThat(values.get(1)).isEqualTo(values.get(3)).isEqualTo(reference(P, Curve.SAKKE.decode(b.toByteArray())));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void pairsAnyNumberOfPoints(Way way) {
        Octets a = octets(P.multiply(scalar()));
        List<Octets> b = new ArrayList<>();
        List<Octets> single = new ArrayList<>();
        for (int count = 0; count < 4; count++) {
            assertThat(way.pair(a, b)).isEqualTo(single);
            b.add(octets(P.multiply(scalar())));
            single.add(Way.TWO_POINTS.pair(a, b.get(count)));
        }
    }

    @Test
    void pairsEachPointWithItsOwn() {
        List<Octets> a =
                Stream.generate(() -> octets(P.multiply(scalar()))).limit(3).toList();
        List<Octets> b =
                Stream.generate(() -> octets(P.multiply(scalar()))).limit(3).toList();
        byte[][] as = a.stream().map(Octets::toByteArray).toArray(byte[][]::new);
        byte[][] bs = b.stream().map(Octets::toByteArray).toArray(byte[][]::new);
        List<Octets> values = listOf(new Pairing(new LanesField(SCALAR, 2)).pair(as, bs));
        for (int i = 0; i < 3; i++) {
            assertThat(values.get(i)).isEqualTo(Way.TWO_POINTS.pair(a.get(i), b.get(i)));
        }
    }

    @Test
    void wipesATableOnCloseAndRefusesItAfterwards() {
        byte[][] b = {P.encode()};
        FixedPointPairing pairing = new FixedPointPairing(SCALAR, P.encode());
        byte[] coefficient = new byte[128];
        pairing.encodeCoefficient(coefficient, 0, 0);
        assertThat(coefficient).isNotEqualTo(new byte[128]);
        assertThat(pairing).hasToString("FixedPointPairing[hidden]");
        pairing.close();
        pairing.close();
        assertThat(Stream.of(pairing.coefficients).flatMapToLong(Arrays::stream))
                .containsOnly(0L);
        assertThatThrownBy(() -> pairing.pair(b)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pairing.encodeCoefficient(coefficient, 0, 0))
                .isInstanceOf(IllegalStateException.class);
    }

    /** The costs that the comments of the classes name, within one percent. */
    @Test
    void costsWhatItSays() {
        byte[][] p = {P.encode()};
        CountingField two = new CountingField(SCALAR);
        new Pairing(two).pair(p, p);
        CountingField build = new CountingField(SCALAR);
        StepFunctions.of(build, AffinePoints.read(build, p, 0));
        CountingField table = new CountingField(SCALAR);
        try (FixedPointPairing pairing = new FixedPointPairing(table, p[0])) {
            pairing.pair(p);
        }
        assertThat(two.multiplications()).as("two points").isBetween(17_700 * 0.99, 17_700 * 1.01);
        assertThat(two.inversions()).isEqualTo(3);
        assertThat(build.multiplications()).as("making a table").isBetween(30_400 * 0.99, 30_400 * 1.01);
        assertThat(build.inversions()).isEqualTo(2);
        assertThat(table.multiplications()).as("with a table").isBetween(4_540 * 0.99, 4_540 * 1.01);
        assertThat(table.inversions()).isEqualTo(2);
    }

    private Scalar scalar() {
        return Curve.SAKKE.scalarModOrder(Fixtures.bytes(random, 136));
    }

    private static Octets reference(Point a, Point b) {
        return Octets.copyOf(
                org.mckms.mikeysakke.reference.Pairing.of(a, b).orElseThrow().encode());
    }

    private static Octets octets(Point point) {
        return Octets.copyOf(point.encode());
    }

    private static Octets value(List<VectorCase> cases, String name) {
        return cases.stream()
                .filter(row -> row.name().equals(name))
                .map(row -> row.octets("value"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Octets> listOf(byte[][] values) {
        return Stream.of(values)
                .map(value -> value == null ? null : Octets.copyOf(value))
                .collect(Collectors.toList());
    }
}
