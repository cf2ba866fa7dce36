package org.mckms.benchmarks.mikeysakke;

import java.util.concurrent.TimeUnit;
import org.mckms.benchmarks.Ring;
import org.mckms.benchmarks.report.Core;
import org.mckms.mikeysakke.curve.WindowDigits;
import org.mckms.mikeysakke.field.SakkeField;
import org.mckms.mikeysakke.field.ScalarSakkeField;
import org.mckms.mikeysakke.pairing.PowerTable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** g^r, a part of each encapsulation, without the inversion that it shares with R. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PowerBenchmark {
    private static final int EXPONENTS = 16;

    private final SakkeField field = ScalarSakkeField.INSTANCE.withScratch();
    private final PowerTable table = new PowerTable();
    private final WindowDigits digits = new WindowDigits(PowerTable.WIDTH);
    private final long[] re = new long[field.size()];
    private final long[] im = new long[field.size()];
    private Ring<byte[]> exponents;

    @Setup
    public void prepare() {
        SakkeDomain domain = new SakkeDomain(Core.SCALAR.title());
        exponents = Ring.of(EXPONENTS, i -> domain.scalar());
    }

    @Benchmark
    public long[] power() {
        digits.set(exponents.next());
        table.power(field, re, im, digits);
        return im;
    }
}
