package org.mckms.benchmarks.bouncycastle;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.params.SAKKEPrivateKeyParameters;
import org.bouncycastle.math.ec.ECFieldElement;
import org.mckms.benchmarks.Ring;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Arithmetic modulo the prime of SAKKE with the field elements of Bouncy Castle's curve. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BouncyCastleField {
    private static final int ELEMENTS = 16;

    private Ring<ECFieldElement> elements;

    @Setup
    public void prepare() {
        SecureRandom random = new SecureRandom();
        var parameters = new SAKKEPrivateKeyParameters(random).getPublicParams();
        BigInteger p = parameters.getPrime();
        elements = Ring.of(
                ELEMENTS, i -> parameters.getCurve().fromBigInteger(new BigInteger(2 * p.bitLength(), random).mod(p)));
    }

    @Benchmark
    public ECFieldElement multiplication() {
        return elements.next().multiply(elements.next());
    }

    @Benchmark
    public ECFieldElement squaring() {
        return elements.next().square();
    }

    @Benchmark
    public ECFieldElement inversion() {
        return elements.next().invert();
    }
}
