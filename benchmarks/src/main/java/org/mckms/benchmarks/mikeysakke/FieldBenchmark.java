package org.mckms.benchmarks.mikeysakke;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.mckms.benchmarks.Ring;
import org.mckms.mikeysakke.field.SakkeField;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Arithmetic modulo the prime of SAKKE on eight elements, one after the other or in lanes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(FieldBenchmark.ELEMENTS)
public class FieldBenchmark {
    static final int ELEMENTS = 8;
    private static final int PACKS = 16;

    @Param("scalar")
    String core;

    private SakkeField field;
    private int rounds;
    private Ring<long[]> packs;
    private long[] result;

    @Setup
    public void prepare() throws ReflectiveOperationException {
        SecureRandom random = new SecureRandom();
        field = Cores.field(core).withScratch();
        rounds = ELEMENTS / field.lanes();
        result = new long[field.size()];
        packs = Ring.of(PACKS, i -> randomPack(random));
    }

    private long[] randomPack(SecureRandom random) {
        long[] pack = new long[field.size()];
        byte[] octets = new byte[SakkeField.OCTETS];
        for (int lane = 0; lane < field.lanes(); lane++) {
            random.nextBytes(octets);
            octets[0] &= 0x7f;
            field.decode(pack, lane, octets, 0);
        }
        return pack;
    }

    @Benchmark
    public long[] multiplication() {
        for (int i = 0; i < rounds; i++) {
            field.multiply(result, packs.next(), packs.next());
        }
        return result;
    }

    @Benchmark
    public long[] squaring() {
        for (int i = 0; i < rounds; i++) {
            field.square(result, packs.next());
        }
        return result;
    }

    @Benchmark
    public long[] inversion() {
        for (int i = 0; i < rounds; i++) {
            field.invert(result, packs.next());
        }
        return result;
    }
}
