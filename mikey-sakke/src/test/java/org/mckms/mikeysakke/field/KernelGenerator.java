package org.mckms.mikeysakke.field;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the kernels of {@link ScalarSakkeField}: {@code SakkeProduct} and {@code SakkeSquare} here, {@code SakkeReduction} with
 * {@link ReductionGenerator}.
 *
 * <p>Run {@link #main} with the source folder as argument after a change; {@code KernelGeneratorTest} compares.
 */
final class KernelGenerator {
    private static final int COUNT = SakkeLimbs.COUNT;

    /** Without fences the compiler calculates many products in advance, runs out of registers and stores them. */
    private static final int PAIRS_PER_FENCE = 3;

    private KernelGenerator() {}

    public static void main(String[] arguments) {
        write(Path.of(arguments[0]), "SakkeProduct", product());
        write(Path.of(arguments[0]), "SakkeSquare", square());
        write(Path.of(arguments[0]), "SakkeReduction", new ReductionGenerator().reduction());
    }

    private static void write(Path sources, String type, String code) {
        try {
            Files.writeString(sources.resolve("org/mckms/mikeysakke/field/" + type + ".java"), code);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Limbs i and j with i < j. */
    record Pair(int i, int j) {}

    /** The pairs below {@code count} with i + j = k, that of the highest j last. */
    static List<Pair> pairs(int k, int count) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = (k + 1) / 2 - 1; i >= Math.max(0, k - count + 1); i--) {
            pairs.add(new Pair(i, k - i));
        }
        return pairs;
    }

    static void fenceBefore(KernelWriter kernel, int pair) {
        if (pair % PAIRS_PER_FENCE == 0) {
            kernel.fence();
        }
    }

    /**
     * Karatsuba's formula on every pair of limbs: a_i b_j + a_j b_i = (a_j - a_i)(b_i - b_j) + a_i b_i + a_j b_j needs one product where
     * there were two (A. Weimerskirch, C. Paar, "Generalizations of the Karatsuba Algorithm for Efficient Implementations", 2006). The
     * products a_i b_i of a column form a window, which moves on by one from column to column.
     */
    static String product() {
        KernelWriter kernel = new KernelWriter(
                List.of("COLUMNS", "HIGH", "LEFT", "LOW", "RIGHT"),
                List.of("carry = 0", "windowLow = -18L << 58", "windowHigh = 18"),
                List.of("low", "high", "x", "y"));
        for (int k = 0; k < 2 * COUNT - 1; k++) {
            kernel.startColumn(k);
            moveWindow(kernel, k);
            kernel.line("low = 0;");
            kernel.line("high = 0;");
            List<Pair> pairs = pairs(k, COUNT);
            for (int n = 0; n < pairs.size(); n++) {
                Pair pair = pairs.get(n);
                fenceBefore(kernel, n);
                kernel.line("x = s[LEFT + %d] - s[LEFT + %d];", pair.j, pair.i);
                kernel.line("y = s[RIGHT + %d] - s[RIGHT + %d];", pair.i, pair.j);
                kernel.line("low += x * y;");
                kernel.line("high += Math.multiplyHigh(x, y << 5);");
            }
            kernel.line("low += windowLow - (high << 59);");
            kernel.line("high = (high << 1) + windowHigh;");
            endColumn(kernel, k);
        }
        return kernel.source(
                "SakkeProduct", "add", "Adds the product of the limbs LEFT and the limbs RIGHT to the columns.");
    }

    private static void moveWindow(KernelWriter kernel, int k) {
        if (k < COUNT) {
            kernel.line("x = s[LEFT + %d];", k);
            kernel.line("y = s[RIGHT + %d];", k);
            kernel.line("high = Math.multiplyHigh(x, y << 6);");
            kernel.line("low = x * y - (high << 58);");
            kernel.line("s[LOW + %d] = low;", k);
            kernel.line("s[HIGH + %d] = high;", k);
            kernel.line("windowLow += low;");
            kernel.line("windowHigh += high;");
        } else {
            kernel.line("windowLow -= s[LOW + %d];", k - COUNT);
            kernel.line("windowHigh -= s[HIGH + %d];", k - COUNT);
        }
    }

    /** Here the products that come twice are summed once and doubled. */
    static String square() {
        KernelWriter kernel = new KernelWriter(
                List.of("COLUMNS", "LEFT", "RIGHT"), List.of("carry = 0"), List.of("low", "high", "x"));
        for (int k = 0; k < 2 * COUNT - 1; k++) {
            kernel.startColumn(k);
            kernel.line("low = 0;");
            kernel.line("high = 0;");
            List<Pair> pairs = pairs(k, COUNT);
            for (int n = 0; n < pairs.size(); n++) {
                Pair pair = pairs.get(n);
                fenceBefore(kernel, n);
                kernel.line("x = s[LEFT + %d];", pair.i);
                kernel.line("low += x * s[LEFT + %d];", pair.j);
                kernel.line("high += Math.multiplyHigh(x, s[RIGHT + %d]);", pair.j);
            }
            kernel.line("low <<= 1;");
            kernel.line("high <<= 1;");
            if (k % 2 == 0) {
                kernel.line("x = s[LEFT + %d];", k / 2);
                kernel.line("low += x * x;");
                kernel.line("high += Math.multiplyHigh(x, s[RIGHT + %d]);", k / 2);
            }
            kernel.line("low -= high << 58;");
            endColumn(kernel, k);
        }
        return kernel.source(
                "SakkeSquare",
                "add",
                "Adds the square of the limbs LEFT to the columns; RIGHT holds the same limbs times 2^6.");
    }

    private static void endColumn(KernelWriter kernel, int k) {
        kernel.line("low += carry;");
        kernel.line("s[COLUMNS + %d] += low & SakkeLimbs.MASK;", k);
        kernel.line("carry = high + (low >> 58);");
        kernel.fence();
    }
}
