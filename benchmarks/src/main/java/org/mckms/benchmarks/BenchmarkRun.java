package org.mckms.benchmarks;

import jakarta.json.Json;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mckms.benchmarks.mikeysakke.Cores;
import org.mckms.benchmarks.report.ColdStarts;
import org.mckms.benchmarks.report.Core;
import org.mckms.benchmarks.report.Machine;
import org.mckms.benchmarks.report.Report;
import org.mckms.benchmarks.report.Results;
import org.mckms.benchmarks.report.Summary;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures on the JVM that runs it and writes {@code report.md}, {@code summary.json}, {@code jmh.json} and {@code jmh.log}. The exit
 * code is 1 if a benchmark failed and 2 for wrong use.
 */
public final class BenchmarkRun {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    private BenchmarkRun() {}

    public static void main(String... arguments) throws IOException, RunnerException, InterruptedException {
        Settings settings;
        try {
            settings = Settings.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage());
            System.exit(WRONG_USE);
            return;
        }
        if (!run(withoutMissingCore(settings))) {
            System.err.println("error: a benchmark failed; see the logs in " + settings.folder());
            System.exit(FAILED);
        }
    }

    private static Settings withoutMissingCore(Settings settings) {
        if (settings.cores().contains(Core.VECTOR)) {
            Optional<String> obstacle = Cores.obstacleToVectorCore();
            if (obstacle.isPresent()) {
                System.err.println("hint: the vector core is not measured: " + obstacle.get());
                return settings.withCores(List.of(Core.SCALAR));
            }
        }
        return settings;
    }

    private static boolean run(Settings settings) throws IOException, RunnerException, InterruptedException {
        Path folder = Files.createDirectories(settings.folder());
        Machine machine = Machine.here();
        try (PrintStream log =
                new PrintStream(Files.newOutputStream(folder.resolve("jmh.log")), true, StandardCharsets.UTF_8)) {
            Measuring measuring = new Measuring(settings, System.err, log);
            ColdStartRun coldStartRun = new ColdStartRun(settings, folder.resolve("coldstart.log"));
            ColdStarts coldStarts = coldStartRun.run();
            Results results = measuring.run();
            measuring.writeJmhResults(folder.resolve("jmh.json"));
            writeSummary(folder.resolve("summary.json"), machine, results, coldStarts);
            String report = new Report(
                            machine,
                            results,
                            coldStarts,
                            settings.effort().threads(),
                            settings.effort().receivers())
                    .text();
            Files.writeString(folder.resolve("report.md"), report);
            System.out.println(report);
            return measuring.isComplete() && coldStartRun.isComplete();
        }
    }

    private static void writeSummary(Path file, Machine machine, Results results, ColdStarts coldStarts)
            throws IOException {
        try (Writer out = Files.newBufferedWriter(file);
                JsonWriter json = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                        .createWriter(out)) {
            json.writeObject(Summary.of(machine, results, coldStarts));
        }
    }
}
