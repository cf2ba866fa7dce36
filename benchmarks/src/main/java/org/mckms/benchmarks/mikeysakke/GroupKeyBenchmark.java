package org.mckms.benchmarks.mikeysakke;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mckms.benchmarks.GroupKeyMessage;
import org.mckms.benchmarks.Workers;
import org.mckms.benchmarks.report.GroupKeys;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiSigner;
import org.mckms.mikeysakke.sakke.EncapsulatedData;
import org.mckms.mikeysakke.sakke.SakkeEncapsulator;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One group key to many receivers: encapsulate, sign, and put the octets of the message together. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GroupKeyBenchmark {
    /** Receivers of one call; few enough that both threads end at about the same time. */
    private static final int BATCH = 32;

    @Param("scalar")
    String core;

    @Param("10")
    int receivers;

    private SakkeDomain domain;
    private SakkeEncapsulator encapsulator;
    private EccsiSigner signer;
    private List<Octets> identities;
    private Workers workers;

    @Setup
    public void prepare() {
        domain = new SakkeDomain(core);
        encapsulator = new SakkeEncapsulator(domain.core(), domain.publicKey());
        signer = new EccsiDomain(domain.random()).signer().signer();
        identities = domain.identities(receivers);
        workers = new Workers(GroupKeys.THREADS);
        List<Octets> others = domain.identities(2 * BATCH);
        Workers.warmUp(() -> messages(others));
    }

    @TearDown
    public void stop() {
        workers.close();
    }

    /** Returns the octets of all messages together. */
    @Benchmark
    public long messages() {
        return messages(identities);
    }

    private long messages(List<Octets> receiving) {
        int batch = Math.min(BATCH, (receiving.size() + GroupKeys.THREADS - 1) / GroupKeys.THREADS);
        try (SharedSecretValue groupKey = domain.ssv()) {
            return workers.sum(receiving, batch, to -> octetsOf(encapsulator.encapsulateAll(groupKey, to)));
        }
    }

    private long octetsOf(List<EncapsulatedData> encapsulations) {
        long octets = 0;
        for (EncapsulatedData data : encapsulations) {
            byte[] unsigned =
                    GroupKeyMessage.unsigned(domain.random(), data.octets().toByteArray());
            octets += GroupKeyMessage.signed(
                            unsigned, signer.sign(unsigned).octets().toByteArray())
                    .length;
        }
        return octets;
    }
}
