package org.mckms.benchmarks.mikeysakke;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mckms.benchmarks.Ring;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.sakke.EncapsulatedData;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.sakke.SakkeDecapsulator;
import org.mckms.mikeysakke.sakke.SakkeEncapsulator;
import org.mckms.mikeysakke.sakke.SakkeExtractor;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One request at a time. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SakkeBenchmark {
    private static final int INPUTS = 16;

    /** What the threads share. */
    @State(Scope.Benchmark)
    public static class Shared {
        @Param("scalar")
        String core;

        SakkeDomain domain;
        SakkeExtractor extractor;
        SakkeEncapsulator encapsulator;
        SakkeDecapsulator decapsulator;
        SakkeDecapsulator decapsulatorWithLineTable;
        SharedSecretValue ssv;
        Octets receiver;
        byte[] rsk;

        @Setup
        public void prepare() {
            domain = new SakkeDomain(core);
            extractor = new SakkeExtractor(domain.core(), domain.random());
            encapsulator = new SakkeEncapsulator(domain.core(), domain.publicKey());
            ssv = domain.ssv();
            receiver = domain.identity();
            ReceiverSecretKey key =
                    extractor.extract(List.of(receiver), domain.master()).get(0);
            decapsulator = SakkeDecapsulator.of(encapsulator, key, receiver);
            decapsulatorWithLineTable = SakkeDecapsulator.withLineTable(encapsulator, key, receiver);
            rsk = key.use(byte[]::clone);
        }
    }

    /** What each thread takes in turn. */
    @State(Scope.Thread)
    public static class Inputs {
        Ring<Octets> identities;
        Ring<EncapsulatedData> encapsulations;
        Ring<byte[]> points;
        Ring<byte[]> scalars;

        @Setup
        public void prepare(Shared shared) {
            identities = Ring.of(INPUTS, i -> shared.domain.identity());
            encapsulations =
                    Ring.of(INPUTS, i -> shared.encapsulator.encapsulate(shared.domain.ssv(), shared.receiver));
            points = Ring.of(INPUTS, i -> shared.domain.points(1)[0]);
            scalars = Ring.of(INPUTS, i -> shared.domain.scalar());
        }
    }

    @Benchmark
    public List<ReceiverSecretKey> extraction(Shared shared, Inputs inputs) {
        return shared.extractor.extract(List.of(inputs.identities.next()), shared.domain.master());
    }

    @Benchmark
    public EncapsulatedData encapsulation(Shared shared, Inputs inputs) {
        return shared.encapsulator.encapsulate(shared.ssv, inputs.identities.next());
    }

    @Benchmark
    public SharedSecretValue decapsulation(Shared shared, Inputs inputs) {
        return shared.decapsulator.decapsulate(inputs.encapsulations.next());
    }

    @Benchmark
    public SharedSecretValue decapsulationWithLineTable(Shared shared, Inputs inputs) {
        return shared.decapsulatorWithLineTable.decapsulate(inputs.encapsulations.next());
    }

    @Benchmark
    public byte[][] pairing(Shared shared, Inputs inputs) {
        return shared.domain.core().pair(new byte[][] {shared.rsk}, new byte[][] {inputs.points.next()});
    }

    /** The part of an extraction that Bouncy Castle's comb could do. */
    @Benchmark
    public byte[][] multiplication(Shared shared, Inputs inputs) {
        return shared.domain.core().multiplyGenerator(new byte[][] {inputs.scalars.next()});
    }
}
