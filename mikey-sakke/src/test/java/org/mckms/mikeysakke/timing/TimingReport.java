package org.mckms.mikeysakke.timing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of results, as text for the console and for a file in {@code target/timing}. */
final class TimingReport {
    private static final InputClass[] COLUMNS = {InputClass.RANDOM_AGAIN, InputClass.SMALL, InputClass.LARGE};

    private final String fileName;
    private final List<TimingResult> results = new ArrayList<>();

    TimingReport(String fileName) {
        this.fileName = fileName;
    }

    /** Adds a row and writes the table to the file. */
    void add(TimingResult result) {
        results.add(result);
        try {
            Path directory = Files.createDirectories(Path.of("target", "timing"));
            Files.writeString(directory.resolve(fileName), table(results));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the table to the console. */
    void print() {
        System.out.println(table(results));
    }

    /** A Markdown table; each cell is the 95 % interval of the difference to random secrets. */
    static String table(List<TimingResult> results) {
        StringBuilder table = new StringBuilder("| operation | samples | median |");
        for (InputClass inputs : COLUMNS) {
            table.append(' ').append(inputs.title()).append(" |");
        }
        table.append(" constant |\n|---|---:|---:|---|---|---|---|\n");
        for (TimingResult result : results) {
            table.append(row(result));
        }
        return table.toString();
    }

    private static String row(TimingResult result) {
        StringBuilder row = new StringBuilder(String.format(
                Locale.ROOT,
                "| %s | %,d | %,.1f us |",
                result.operation(),
                result.samples(),
                result.medianNanos() / 1000));
        for (InputClass inputs : COLUMNS) {
            MedianDifference difference = result.differences().get(inputs);
            row.append(String.format(
                    Locale.ROOT, " %+.3f %% to %+.3f %% |", 100 * difference.low(), 100 * difference.high()));
        }
        return row.append(result.isConstant() ? " yes |\n" : " **no** |\n").toString();
    }
}
