package org.mckms.benchmarks.bouncycastle;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bouncycastle.crypto.kems.SAKKEKEMSGenerator;
import org.bouncycastle.crypto.params.SAKKEPrivateKeyParameters;
import org.bouncycastle.crypto.params.SAKKEPublicKeyParameters;
import org.mckms.benchmarks.GroupKeyMessage;
import org.mckms.benchmarks.Workers;
import org.mckms.benchmarks.report.GroupKeys;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Complete group key messages with Bouncy Castle, which draws the shared secret value itself: each receiver gets another one, at the same
 * cost.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BouncyCastleGroupKey {
    private static final int IDENTITY_OCTETS = 32;

    @Param("10")
    int receivers;

    private final SecureRandom random = new SecureRandom();
    private final SAKKEKEMSGenerator generator = new SAKKEKEMSGenerator(random);
    private BouncyCastleSigner signer;
    private List<SAKKEPublicKeyParameters> parameters;
    private Workers workers;

    @Setup
    public void prepare() {
        SAKKEPublicKeyParameters kms = new SAKKEPrivateKeyParameters(random).getPublicParams();
        parameters = Stream.generate(() -> new SAKKEPublicKeyParameters(new BigInteger(1, identity()), kms.getZ()))
                .limit(receivers)
                .toList();
        signer = new BouncyCastleSigner(identity(), random);
        workers = new Workers(GroupKeys.THREADS);
        Workers.warmUp(() -> messages(parameters.subList(0, GroupKeys.THREADS)));
    }

    private byte[] identity() {
        byte[] identity = new byte[IDENTITY_OCTETS];
        random.nextBytes(identity);
        return identity;
    }

    @TearDown
    public void stop() {
        workers.close();
    }

    /** Returns the octets of all messages together. */
    @Benchmark
    public long messages() {
        return messages(parameters);
    }

    private long messages(List<SAKKEPublicKeyParameters> receiving) {
        return workers.sum(receiving, 1, to -> {
            byte[] unsigned = GroupKeyMessage.unsigned(
                    random, generator.generateEncapsulated(to.get(0)).getEncapsulation());
            return GroupKeyMessage.signed(unsigned, signer.sign(unsigned)).length;
        });
    }
}
