package org.mckms.benchmarks.mikeysakke;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.mckms.benchmarks.Ring;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.sakke.EncapsulatedData;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Many requests at a time; the time of a batch is divided by its size. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SakkeBulkBenchmark {
    /** Users in a batch of extractions or encapsulations. */
    static final int USERS = 64;
    /** Messages in a batch of decapsulations. */
    static final int MESSAGES = 16;

    private static final int BATCHES = 4;

    /** What each thread takes in turn. */
    @State(Scope.Thread)
    public static class Inputs {
        Ring<List<Octets>> identities;
        List<EncapsulatedData> encapsulations;
        byte[][] rsks;
        byte[][] points;

        @Setup
        public void prepare(SakkeBenchmark.Shared shared) {
            SakkeDomain domain = shared.domain;
            identities = Ring.of(BATCHES, i -> domain.identities(USERS));
            encapsulations = Stream.generate(() -> shared.encapsulator.encapsulate(domain.ssv(), shared.receiver))
                    .limit(MESSAGES)
                    .toList();
            rsks = domain.points(MESSAGES);
            points = domain.points(MESSAGES);
        }
    }

    @Benchmark
    @OperationsPerInvocation(USERS)
    public List<ReceiverSecretKey> extraction(SakkeBenchmark.Shared shared, Inputs inputs) {
        return shared.extractor.extract(inputs.identities.next(), shared.domain.master());
    }

    @Benchmark
    @OperationsPerInvocation(USERS)
    public List<EncapsulatedData> encapsulation(SakkeBenchmark.Shared shared, Inputs inputs) {
        return shared.encapsulator.encapsulateAll(shared.ssv, inputs.identities.next());
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public List<Optional<SharedSecretValue>> decapsulation(SakkeBenchmark.Shared shared, Inputs inputs) {
        return shared.decapsulator.decapsulateAll(inputs.encapsulations);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public List<Optional<SharedSecretValue>> decapsulationWithLineTable(SakkeBenchmark.Shared shared, Inputs inputs) {
        return shared.decapsulatorWithLineTable.decapsulateAll(inputs.encapsulations);
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public byte[][] pairing(SakkeBenchmark.Shared shared, Inputs inputs) {
        return shared.domain.core().pair(inputs.rsks, inputs.points);
    }
}
