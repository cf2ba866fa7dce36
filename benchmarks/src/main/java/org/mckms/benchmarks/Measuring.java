package org.mckms.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.mckms.benchmarks.report.Clock;
import org.mckms.benchmarks.report.Core;
import org.mckms.benchmarks.report.GroupKeys;
import org.mckms.benchmarks.report.Operation;
import org.mckms.benchmarks.report.Results;
import org.mckms.benchmarks.report.Subject;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks with JMH. Each round gives each benchmark a new process and goes through one operation after the other, Bouncy
 * Castle and the library in a row, so that a ratio is of times that lie close together.
 */
final class Measuring {
    static final String VECTOR_MODULE = "jdk.incubator.vector";

    private final Settings settings;
    private final PrintStream progress;
    private final OutputFormat log;
    private final Results results = new Results();
    private final List<RunResult> jmhResults = new ArrayList<>();
    private boolean complete = true;

    /**
     * Measuring to come.
     *
     * @param progress one line for each step
     * @param log everything that JMH and the processes say
     */
    Measuring(Settings settings, PrintStream progress, PrintStream log) {
        this.settings = settings;
        this.progress = progress;
        this.log = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
    }

    /** Runs everything that the settings ask for. */
    Results run() throws RunnerException {
        for (int round = 1; round <= settings.effort().rounds(); round++) {
            for (int threads : settings.effort().threads()) {
                for (List<Operation> operations : operationsByPeer()) {
                    measure(round, threads, operations);
                }
            }
            if (settings.selects("group key messages")) {
                measureGroupKeys(round);
            }
        }
        return results;
    }

    /** Whether each benchmark that was asked for gave a result. */
    boolean isComplete() {
        return complete;
    }

    /** Writes what JMH measured in its own format, each round as a run of its own. */
    void writeJmhResults(Path file) throws IOException {
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(jmhResults);
        }
    }

    /** The operations to measure; those that are compared with the same benchmark belong together. */
    private Collection<List<Operation>> operationsByPeer() {
        return Arrays.stream(Operation.values())
                .filter(operation -> settings.selects(operation.title()))
                .collect(Collectors.groupingBy(
                        operation -> operation.peer().orElse(operation.benchmark()),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values();
    }

    private void measure(int round, int threads, List<Operation> operations) throws RunnerException {
        ChainedOptionsBuilder options = options(threads)
                .warmupIterations(settings.effort().warmUps())
                .measurementIterations(settings.effort().iterations());
        operations.forEach(operation -> options.include(exactly(operation.benchmark())));
        operations.get(0).peer().ifPresent(peer -> options.include(exactly(peer)));
        String titles = operations.stream().map(Operation::title).collect(Collectors.joining("; "));
        run(round, options, threads + (threads == 1 ? " thread: " : " threads: ") + titles);
    }

    private void measureGroupKeys(int round) throws RunnerException {
        run(round, groupKeys(GroupKeys.BENCHMARK, settings.effort().receivers()), "group key messages");
        run(round, groupKeys(GroupKeys.PEER, settings.effort().peerReceivers()), "group key messages of Bouncy Castle");
    }

    /** One distribution for each number; the benchmarks warm up before. */
    private ChainedOptionsBuilder groupKeys(String benchmark, List<Integer> receivers) {
        return options(1)
                .include(exactly(benchmark))
                .warmupIterations(0)
                .measurementIterations(1)
                .param("receivers", receivers.stream().map(String::valueOf).toArray(String[]::new));
    }

    private ChainedOptionsBuilder options(int threads) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(1)
                .threads(threads)
                .addProfiler(CpuTimeProfiler.class)
                .warmupTime(iteration())
                .measurementTime(iteration())
                .param("core", settings.cores().stream().map(Core::title).toArray(String[]::new));
        return settings.cores().contains(Core.VECTOR) ? options.jvmArgsAppend("--add-modules", VECTOR_MODULE) : options;
    }

    private TimeValue iteration() {
        return new TimeValue(settings.effort().iterationMillis(), TimeUnit.MILLISECONDS);
    }

    private static String exactly(String benchmark) {
        return "\\." + benchmark.replace(".", "\\.") + "$";
    }

    private void run(int round, ChainedOptionsBuilder options, String title) throws RunnerException {
        progress.printf("round %d of %d: %s%n", round, settings.effort().rounds(), title);
        Collection<RunResult> found = new Runner(options.build(), log).run();
        for (RunResult result : found) {
            add(round, result);
        }
        complete &= !found.isEmpty();
        jmhResults.addAll(found);
    }

    private void add(int round, RunResult result) {
        List<Double> elapsed = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        for (BenchmarkResult process : result.getBenchmarkResults()) {
            for (IterationResult iteration : process.getIterationResults()) {
                elapsed.add(iteration.getPrimaryResult().getScore());
                processor.add(iteration
                        .getSecondaryResults()
                        .get(CpuTimeProfiler.RESULT)
                        .getScore());
            }
        }
        var parameters = result.getParams();
        Subject subject = Subject.of(
                parameters.getBenchmark(),
                key -> parameters.getParamsKeys().contains(key) ? parameters.getParam(key) : "",
                parameters.getThreads());
        if (elapsed.isEmpty()) {
            complete = false;
        } else {
            results.add(round, Clock.ELAPSED, subject, elapsed);
            results.add(round, Clock.PROCESSOR, subject, processor);
        }
    }
}
