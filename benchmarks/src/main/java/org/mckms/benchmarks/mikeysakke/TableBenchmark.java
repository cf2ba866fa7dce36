package org.mckms.benchmarks.mikeysakke;

import java.util.concurrent.TimeUnit;
import org.mckms.mikeysakke.core.LineTable;
import org.mckms.mikeysakke.core.SenderTable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is calculated ahead once for many operations, in a process that is warm. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TableBenchmark {
    @Param("scalar")
    String core;

    private SakkeDomain domain;
    private byte[] zT;
    private byte[] rsk;

    @Setup
    public void prepare() {
        domain = new SakkeDomain(core);
        zT = domain.publicKey().octets().toByteArray();
        rsk = domain.points(1)[0];
    }

    /** For the public key of another KMS. */
    @Benchmark
    public SenderTable senderTable() {
        return domain.core().senderTable(zT);
    }

    @Benchmark
    public LineTable lineTable() {
        return domain.core().lineTable(rsk);
    }
}
