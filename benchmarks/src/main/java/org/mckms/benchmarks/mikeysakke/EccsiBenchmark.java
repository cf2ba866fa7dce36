package org.mckms.benchmarks.mikeysakke;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.mckms.benchmarks.Ring;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiSignature;
import org.mckms.mikeysakke.eccsi.EccsiVerifier;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** ECCSI as a KMS, a sender and a receiver call it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EccsiBenchmark {
    private static final int MESSAGE_OCTETS = 500;
    private static final int KNOWN_SIGNERS = 4;
    /** More than a verifier keeps tables of. */
    private static final int STRANGERS = 1024;

    private final byte[] message = new byte[MESSAGE_OCTETS];
    private EccsiDomain domain;
    private Ring<EccsiDomain.Signer> signers;
    private Ring<Signed> known;
    private Ring<Signed> strangers;
    private EccsiVerifier verifier;
    private EccsiVerifier acquaintedVerifier;

    /** A signature and whose it is. */
    private record Signed(Octets identity, EccsiSignature signature) {}

    @Setup
    public void prepare() {
        SecureRandom random = new SecureRandom();
        random.nextBytes(message);
        domain = new EccsiDomain(random);
        signers = Ring.of(STRANGERS, i -> domain.signer());
        known = Ring.of(KNOWN_SIGNERS, i -> signed(signers.next()));
        strangers = Ring.of(STRANGERS, i -> signed(signers.next()));
        verifier = new EccsiVerifier(domain.kpak());
        acquaintedVerifier = new EccsiVerifier(domain.kpak());
    }

    private Signed signed(EccsiDomain.Signer signer) {
        return new Signed(signer.identity(), signer.signer().sign(message));
    }

    /** A random v, PVT, HS and SSK. */
    @Benchmark
    public SecretSigningKey extraction() {
        return domain.extract(signers.next().identity()).ssk();
    }

    @Benchmark
    public EccsiSignature signature() {
        return signers.next().signer().sign(message);
    }

    /** Each signer comes back only after more others than the verifier remembers. */
    @Benchmark
    public boolean verification() {
        Signed signed = strangers.next();
        return verifier.verify(signed.identity(), message, signed.signature());
    }

    /** A handful of signers, again and again. */
    @Benchmark
    public boolean verificationOfKnownSigner() {
        Signed signed = known.next();
        return acquaintedVerifier.verify(signed.identity(), message, signed.signature());
    }
}
