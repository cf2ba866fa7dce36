package org.mckms.benchmarks.bouncycastle;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.mckms.benchmarks.Ring;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** ECCSI with Bouncy Castle. It keeps nothing of a signer between two verifications, so a known signer costs it the same. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BouncyCastleEccsi {
    private static final int SIGNERS = 16;
    private static final int IDENTITY_OCTETS = 32;
    private static final int MESSAGE_OCTETS = 500;

    private final byte[] message = new byte[MESSAGE_OCTETS];
    private Ring<BouncyCastleSigner> signers;
    private Ring<Signed> signatures;

    /** A signature and who made it. */
    private record Signed(BouncyCastleSigner signer, byte[] signature) {}

    @Setup
    public void prepare() {
        SecureRandom random = new SecureRandom();
        random.nextBytes(message);
        signers = Ring.of(SIGNERS, i -> {
            byte[] identity = new byte[IDENTITY_OCTETS];
            random.nextBytes(identity);
            return new BouncyCastleSigner(identity, random);
        });
        signatures = Ring.of(SIGNERS, i -> {
            BouncyCastleSigner signer = signers.next();
            return new Signed(signer, signer.sign(message));
        });
        Signed first = signatures.next();
        if (!first.signer().verify(message, first.signature())) {
            throw new IllegalStateException("Bouncy Castle refuses its own signature");
        }
    }

    @Benchmark
    public AsymmetricCipherKeyPair extraction() {
        return signers.next().extract();
    }

    @Benchmark
    public byte[] signature() {
        return signers.next().sign(message);
    }

    @Benchmark
    public boolean verification() {
        Signed signed = signatures.next();
        return signed.signer().verify(message, signed.signature());
    }
}
