package org.mckms.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Adds to each iteration the time that the process's Java threads spent on a processor for one operation, in microseconds. Unlike elapsed
 * time it does not grow when other processes want the processors.
 */
public final class CpuTimeProfiler implements InternalProfiler {
    static final String RESULT = "cpu";

    private static final double NANOSECONDS_PER_MICROSECOND = 1000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long began;

    @Override
    public String getDescription() {
        return "processor time per operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        began = cpuNanos();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double nanos = cpuNanos() - began;
        double perOperation =
                nanos / NANOSECONDS_PER_MICROSECOND / result.getMetadata().getAllOps();
        return List.of(new ScalarResult(RESULT, perOperation, "us/op", AggregationPolicy.AVG));
    }

    private long cpuNanos() {
        return LongStream.of(threads.getAllThreadIds())
                .map(threads::getThreadCpuTime)
                .filter(nanos -> nanos > 0)
                .sum();
    }
}
