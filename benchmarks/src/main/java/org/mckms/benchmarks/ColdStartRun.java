package org.mckms.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.mckms.benchmarks.mikeysakke.ColdStartMain;
import org.mckms.benchmarks.report.ColdStarts;
import org.mckms.benchmarks.report.Core;

/** Starts processes that measure their own start, one after the other. */
final class ColdStartRun {
    private final Settings settings;
    private final File log;
    private boolean complete = true;

    /**
     * Starts to come.
     *
     * @param log takes what the processes say on stderr
     */
    ColdStartRun(Settings settings, Path log) {
        this.settings = settings;
        this.log = log.toFile();
    }

    ColdStarts run() throws IOException, InterruptedException {
        ColdStarts coldStarts = new ColdStarts();
        if (settings.selects("cold start")) {
            for (int i = 0; i < settings.effort().coldStarts(); i++) {
                for (Core core : settings.cores()) {
                    start(core).ifPresent(start -> coldStarts.add(core, start));
                }
            }
        }
        return coldStarts;
    }

    /** Whether each process ended as it should. */
    boolean isComplete() {
        return complete;
    }

    private Optional<ColdStarts.ColdStart> start(Core core) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(core))
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start();
        Properties figures = new Properties();
        try (InputStream output = process.getInputStream()) {
            figures.load(output);
        }
        if (process.waitFor() != 0) {
            complete = false;
            return Optional.empty();
        }
        return Optional.of(new ColdStarts.ColdStart(
                milliseconds(figures, ColdStartMain.READY),
                milliseconds(figures, ColdStartMain.TABLES),
                milliseconds(figures, ColdStartMain.FIRST_EXTRACTION)));
    }

    private static double milliseconds(Properties figures, String name) {
        return Double.parseDouble(figures.getProperty(name));
    }

    private static List<String> command(Core core) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (core == Core.VECTOR) {
            command.addAll(List.of("--add-modules", Measuring.VECTOR_MODULE));
        }
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), ColdStartMain.class.getName(), core.title()));
        return command;
    }
}
