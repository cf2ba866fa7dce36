package org.mckms.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM writes with {@code -Xlog:gc:file=...}: the heap before and after each collection. */
final class GcLog {
    private static final Pattern COLLECTION = Pattern.compile("(\\d+)([KMG])->(\\d+)([KMG])\\(");

    private final Path file;

    GcLog(Path file) {
        this.file = file;
    }

    /**
     * The heap over some time.
     *
     * @param collections how many there were
     * @param mostKiB     before one of them, garbage included
     * @param keptKiB     the most that one of them has left
     */
    record Heap(int collections, long mostKiB, long keptKiB) {}

    /** Collections so far. */
    int lines() throws IOException {
        return Files.readAllLines(file).size();
    }

    /** The heap since so many lines were there. */
    Heap since(int lines) throws IOException {
        List<String> all = Files.readAllLines(file);
        return of(all.subList(Math.min(lines, all.size()), all.size()));
    }

    static Heap of(List<String> lines) {
        int collections = 0;
        long most = 0;
        long kept = 0;
        for (String line : lines) {
            Matcher matcher = COLLECTION.matcher(line);
            if (matcher.find()) {
                collections++;
                most = Math.max(most, kibibytes(matcher.group(1), matcher.group(2)));
                kept = Math.max(kept, kibibytes(matcher.group(3), matcher.group(4)));
            }
        }
        return new Heap(collections, most, kept);
    }

    private static long kibibytes(String number, String unit) {
        long value = Long.parseLong(number);
        return switch (unit) {
            case "K" -> value;
            case "M" -> value * 1024;
            default -> value * 1024 * 1024;
        };
    }
}
