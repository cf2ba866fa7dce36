package org.mckms.client.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in columns, two spaces apart, each as wide as its widest cell. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with a head line. */
    static Table withHead(String... titles) {
        return new Table().row(titles);
    }

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    Table row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    void print(Console console) {
        print(console, "");
    }

    void print(Console console, String indent) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            console.print((indent + line(row, widths)).stripTrailing());
        }
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i));
            if (i < row.size() - 1) {
                line.append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
        }
        return line.toString();
    }
}
