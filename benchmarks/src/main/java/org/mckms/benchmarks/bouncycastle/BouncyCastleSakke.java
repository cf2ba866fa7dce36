package org.mckms.benchmarks.bouncycastle;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.SAKKEKEMExtractor;
import org.bouncycastle.crypto.kems.SAKKEKEMSGenerator;
import org.bouncycastle.crypto.params.SAKKEPrivateKeyParameters;
import org.bouncycastle.crypto.params.SAKKEPublicKeyParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.mckms.benchmarks.Ring;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * SAKKE with Bouncy Castle. Its objects share a digest, so each thread has its own.
 *
 * <p>Bouncy Castle has no KMS: the holder of the master secret is the receiver. The extraction of an RSK happens in the constructor of
 * {@link SAKKEKEMExtractor} and nowhere else, so that constructor stands for it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BouncyCastleSakke {
    private static final int RECEIVERS = 4;
    private static final int IDENTITY_BITS = 255;

    private final SecureRandom random = new SecureRandom();
    private final SAKKEKEMSGenerator generator = new SAKKEKEMSGenerator(random);

    private Ring<SAKKEPrivateKeyParameters> keys;
    private Ring<SAKKEPublicKeyParameters> receivers;
    private Ring<BigInteger> scalars;
    private SAKKEKEMExtractor extractor;
    private Ring<byte[]> encapsulations;
    private Ring<ECPoint> points;
    private ECPoint rsk;
    private MethodHandle pairing;

    @Setup
    public void prepare() throws ReflectiveOperationException {
        SAKKEPrivateKeyParameters kms = new SAKKEPrivateKeyParameters(random);
        SAKKEPublicKeyParameters parameters = kms.getPublicParams();
        receivers = Ring.of(RECEIVERS, i -> receiver(parameters.getZ()));
        keys = Ring.of(RECEIVERS, i -> new SAKKEPrivateKeyParameters(kms.getMasterSecret(), receivers.next()));
        scalars = Ring.of(RECEIVERS, i -> new BigInteger(parameters.getQ().bitLength() - 1, random));
        points = Ring.of(RECEIVERS, i -> multiple(parameters.getPoint()));
        rsk = multiple(parameters.getPoint());
        SAKKEPrivateKeyParameters opener = keys.next();
        extractor = new SAKKEKEMExtractor(opener);
        encapsulations =
                Ring.of(RECEIVERS, i -> encapsulate(opener.getPublicParams()).getEncapsulation());
        pairing = MethodHandles.privateLookupIn(SAKKEKEMExtractor.class, MethodHandles.lookup())
                .findStatic(
                        SAKKEKEMExtractor.class,
                        "computePairing",
                        MethodType.methodType(
                                BigInteger.class, ECPoint.class, ECPoint.class, BigInteger.class, BigInteger.class));
    }

    private SAKKEPublicKeyParameters receiver(ECPoint z) {
        return new SAKKEPublicKeyParameters(new BigInteger(IDENTITY_BITS, random), z);
    }

    private ECPoint multiple(ECPoint point) {
        return new FixedPointCombMultiplier().multiply(point, scalars.next()).normalize();
    }

    private SecretWithEncapsulation encapsulate(SAKKEPublicKeyParameters to) {
        return generator.generateEncapsulated(to);
    }

    /** (a + z)^-1 mod q and [(a + z)^-1]P by the multiplication that Bouncy Castle keeps for secret scalars. */
    @Benchmark
    public SAKKEKEMExtractor extraction() {
        return new SAKKEKEMExtractor(keys.next());
    }

    /** [k]P by Bouncy Castle's comb for fixed points, which its SAKKE does not use and which is not made for secrets. */
    @Benchmark
    public ECPoint multiplicationByComb() {
        return multiple(receivers.next().getPoint());
    }

    @Benchmark
    public SecretWithEncapsulation encapsulation() {
        return encapsulate(receivers.next());
    }

    @Benchmark
    public byte[] decapsulation() {
        return extractor.extractSecret(encapsulations.next());
    }

    /** The pairing inside of the decapsulation; the method is not public. */
    @Benchmark
    public BigInteger pairing() throws Throwable {
        SAKKEPublicKeyParameters parameters = receivers.next();
        return (BigInteger) pairing.invokeExact(points.next(), rsk, parameters.getPrime(), parameters.getQ());
    }
}
