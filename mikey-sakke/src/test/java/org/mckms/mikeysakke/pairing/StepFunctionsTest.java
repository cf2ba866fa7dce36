package org.mckms.mikeysakke.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.curve.SakkePoints;
import org.mckms.mikeysakke.field.ScalarSakkeField;
import org.mckms.mikeysakke.vectors.VectorFile;

/**
 * The functions of a table have the zeros they should have: the norm c(x)^2 - (x^3 - 3x) e(x)^2 of c(x) + y e(x) is the product of x - x0
 * over its zeros (x0, y0), up to a constant.
 */
class StepFunctionsTest {
    private static final long SEED = 4;
    private static final BigInteger P = VectorFile.load("field/sakke-parameter-set-1.json").cases().stream()
            .filter(row -> row.name().equals("p"))
            .map(row -> new BigInteger(row.text("value"), 16))
            .findFirst()
            .orElseThrow();
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private record Affine(BigInteger x, BigInteger y) {
        Affine plus(Affine other) {
            BigInteger slope = equals(other)
                    ? x.multiply(x)
                            .multiply(THREE)
                            .subtract(THREE)
                            .multiply(y.add(y).modInverse(P))
                    : other.y.subtract(y).multiply(other.x.subtract(x).modInverse(P));
            BigInteger x3 = slope.multiply(slope).subtract(x).subtract(other.x).mod(P);
            return new Affine(x3, slope.multiply(x.subtract(x3)).subtract(y).mod(P));
        }

        Affine negate() {
            return new Affine(x, y.negate().mod(P));
        }
    }

    private final BigInteger at = new BigInteger(1000, new Random(SEED));
    private int index;

    @Test
    void haveTheZerosOfTheirStep() {
        Octets generator = Octets.copyOf(SakkePoints.generator());
        Affine a = new Affine(
                new BigInteger(generator.slice(1, 129).toHex(), 16),
                new BigInteger(generator.slice(129, 257).toHex(), 16));
        Affine c = a;
        try (FixedPointPairing pairing = new FixedPointPairing(ScalarSakkeField.INSTANCE, generator.toByteArray())) {
            for (LoopStep step : FixedPointPairing.steps()) {
                Affine d = c;
                for (int i = 0; i < step.doublings(); i++) {
                    d = d.plus(d);
                }
                if (step.digit() != 0) {
                    d = d.plus(step.digit() > 0 ? a : a.negate());
                }
                BigInteger zeros = at.subtract(c.x).pow(2 * step.doublings()).multiply(at.subtract(d.x));
                if (step.digit() != 0) {
                    zeros = zeros.multiply(at.subtract(a.x));
                }
                assertThat(norm(pairing, step)).as("%s, seed %d", step, SEED).isEqualTo(zeros.mod(P));
                c = d;
            }
            assertThat(c).isEqualTo(a.negate());
        }
    }

    /** The norm of the next function, scaled to the leading coefficient 1. */
    private BigInteger norm(FixedPointPairing pairing, LoopStep step) {
        BigInteger e = step == LoopStep.DOUBLE ? BigInteger.ONE : next(pairing).add(at);
        BigInteger c = BigInteger.ZERO;
        BigInteger power = BigInteger.ONE;
        BigInteger last = BigInteger.ZERO;
        for (int i = step == LoopStep.DOUBLE ? 0 : 1; i < step.coefficients(); i++) {
            last = next(pairing);
            c = c.add(last.multiply(power));
            power = power.multiply(at);
        }
        BigInteger cubic = at.pow(3).subtract(at.multiply(THREE));
        BigInteger norm = c.multiply(c).subtract(cubic.multiply(e).multiply(e));
        BigInteger leading = step.digit() == 0 ? BigInteger.ONE.negate() : last.multiply(last);
        return norm.multiply(leading.modInverse(P)).mod(P);
    }

    private BigInteger next(FixedPointPairing pairing) {
        byte[] octets = new byte[128];
        pairing.encodeCoefficient(octets, 0, index++);
        return new BigInteger(1, octets);
    }
}
