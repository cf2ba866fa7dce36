package org.mckms.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table that reads well both as text and as Markdown. */
final class MarkdownTable {
    private final List<List<String>> rows = new ArrayList<>();

    MarkdownTable(String... headings) {
        rows.add(List.of(headings));
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    /** The lines, each column as wide as its widest cell. */
    String text() {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines = rows.stream().map(row -> line(row, widths, " ")).collect(Collectors.toList());
        List<String> rule = IntStream.of(widths).mapToObj("-"::repeat).toList();
        lines.add(1, line(rule, widths, "-"));
        return String.join("\n", lines) + "\n";
    }

    private static String line(List<String> cells, int[] widths, String margin) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> {
                    String cell = cells.get(column);
                    return margin + cell + " ".repeat(widths[column] - cell.length()) + margin;
                })
                .collect(Collectors.joining("|", "|", "|"));
    }
}
