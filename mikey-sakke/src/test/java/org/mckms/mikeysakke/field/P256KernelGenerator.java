package org.mckms.mikeysakke.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes the kernels of {@link P256Field}: {@code P256Product}, {@code P256Square} and {@code P256ProductDifference}.
 *
 * <p>Run {@link #main} with the source folder as argument after a change here; {@code P256KernelGeneratorTest} compares.
 *
 * <p>A kernel goes through the columns 0 to 8 of the product. Karatsuba's formula on every pair of limbs, a_i b_j + a_j b_i = a_i b_i +
 * a_j b_j + (a_i - a_j)(b_j - b_i), needs one product where there were two (A. Weimerskirch, C. Paar, "Generalizations of the Karatsuba
 * Algorithm for Efficient Implementations", 2006). All that a column adds of the products a_i b_i with equal indices is a window over
 * them, which moves by one from column to column.
 */
final class P256KernelGenerator {
    private static final int COUNT = P256Field.SIZE;

    private final StringBuilder code = new StringBuilder();
    private final List<Factors> products;
    private final int shift;

    /**
     * One product of the sum.
     *
     * @param left name of the array and, with an index, of its limbs
     * @param shifted name of the limbs of {@code left} times 2^shift
     * @param window name of the window over the products with equal indices
     * @param negated whether the product is subtracted
     */
    private record Factors(String left, String shifted, String right, String window, boolean negated) {}

    /** @param shift of one operand before the high word of a product is taken: high words count 2^(64 - shift) */
    private P256KernelGenerator(int shift, List<Factors> products) {
        this.shift = shift;
        this.products = products;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]).resolve("org/mckms/mikeysakke/field");
        Files.writeString(folder.resolve("P256Product.java"), product());
        Files.writeString(folder.resolve("P256Square.java"), square());
        Files.writeString(folder.resolve("P256ProductDifference.java"), difference());
    }

    static String product() {
        P256KernelGenerator g = new P256KernelGenerator(5, List.of(new Factors("a", "x", "b", "ab", false)));
        g.open("P256Product", "r = a b.", "multiply(long[] r, long[] a, long[] b)");
        return g.sumOfProducts();
    }

    static String difference() {
        P256KernelGenerator g = new P256KernelGenerator(
                6, List.of(new Factors("a", "x", "b", "ab", false), new Factors("c", "y", "d", "cd", true)));
        g.open(
                "P256ProductDifference",
                "r = a b - c d.",
                "multiplySubtract(long[] r, long[] a, long[] b, long[] c, long[] d)");
        return g.sumOfProducts();
    }

    /** Products that come twice are those with a doubled limb. */
    static String square() {
        P256KernelGenerator g = new P256KernelGenerator(6, List.of());
        g.open("P256Square", "r = a^2.", "square(long[] r, long[] a)");
        g.load("a", "a", false);
        for (int i = 1; i < COUNT; i++) {
            g.line("final long d%d = a%d << 1;", i, i);
        }
        g.shift("x", "a");
        g.declareColumn();
        for (int k = 0; k < 2 * COUNT - 1; k++) {
            int column = k;
            g.startColumn(k);
            List<String> high = pairs(k).map(i -> "multiplyHigh(x%d, d%d)".formatted(i, column - i))
                    .collect(Collectors.toList());
            List<String> low =
                    pairs(k).map(i -> "a%d * d%d".formatted(i, column - i)).collect(Collectors.toList());
            if (k % 2 == 0) {
                high.add("multiplyHigh(x%d, a%d)".formatted(k / 2, k / 2));
                low.add("a%d * a%d".formatted(k / 2, k / 2));
            }
            g.line("high = %s;", String.join(" + ", high));
            g.line("low = %s;", String.join(" + ", low));
            g.endColumn(k);
        }
        return g.code.append("    }\n}\n").toString();
    }

    /** The i with i < k - i, both of them indices. */
    private static Stream<Integer> pairs(int k) {
        return IntStream.rangeClosed(Math.max(0, k - COUNT + 1), (k - 1) / 2)
                .filter(i -> 2 * i < k)
                .boxed();
    }

    private String sumOfProducts() {
        products.forEach(factors -> {
            load(factors.left, factors.left, factors.negated);
            load(factors.right, factors.right, false);
            shift(factors.shifted, factors.left);
        });
        line("long windowHigh = 0;");
        line("long windowLow = 0;");
        declareColumn();
        for (int k = 0; k < 2 * COUNT - 1; k++) {
            startColumn(k);
            moveWindow(k);
            line("high = windowHigh;");
            line("low = windowLow;");
            for (Factors factors : products) {
                int column = k;
                pairs(k).forEach(i -> crossProduct(factors, i, column - i));
            }
            endColumn(k);
        }
        return code.append("    }\n}\n").toString();
    }

    /** The products with equal indices enter the window in columns 0 to 4 and leave it in columns 5 to 8. */
    private void moveWindow(int k) {
        for (Factors f : products) {
            if (k < COUNT) {
                line("final long %sHigh%d = multiplyHigh(%s%d, %s%d);", f.window, k, f.shifted, k, f.right, k);
                line("final long %sLow%d = %s%d * %s%d;", f.window, k, f.left, k, f.right, k);
            }
            String operator = k < COUNT ? "+=" : "-=";
            line("windowHigh %s %sHigh%d;", operator, f.window, k % COUNT);
            line("windowLow %s %sLow%d;", operator, f.window, k % COUNT);
        }
    }

    private void crossProduct(Factors f, int i, int j) {
        line("high += multiplyHigh(%s%d - %s%d, %s%d - %s%d);", f.shifted, i, f.shifted, j, f.right, j, f.right, i);
        line("low += (%s%d - %s%d) * (%s%d - %s%d);", f.left, i, f.left, j, f.right, j, f.right, i);
    }

    private void declareColumn() {
        line("long high;");
        line("long low;");
        line("long carry = 0;");
    }

    private void startColumn(int k) {
        line("");
        line("// column %d", k);
    }

    /** Column k becomes zero, or limb k - 5 of the result. The last term of the reduction, which is known last, is added last. */
    private void endColumn(int k) {
        line("low -= high << %d;", 64 - shift);
        line("low += carry;");
        reduction(k).forEach(term -> line("low += %s;", term));
        if (k < COUNT) {
            line("final long m%d = low & MASK;", k);
        } else {
            line("r[%d] = low & MASK;", k - COUNT);
        }
        line("carry = (low >> BITS) + (high << %d);", 64 - shift - P256Field.BITS);
        if (k == 2 * COUNT - 2) {
            line("r[%d] = carry + high256(m%d);", COUNT - 1, COUNT - 1);
        }
    }

    /** What the multiples m_i p add to the column. */
    private static Stream<String> reduction(int k) {
        List<String> parts = List.of("low96", "high96", "low192", "middle", "high256");
        return IntStream.range(Math.max(0, k - COUNT), Math.min(k, COUNT))
                .mapToObj(i -> parts.get(k - i - 1) + "(m" + i + ")");
    }

    private void load(String name, String array, boolean negated) {
        for (int i = 0; i < COUNT; i++) {
            line("final long %s%d = %s%s[%d];", name, i, negated ? "-" : "", array, i);
        }
    }

    private void shift(String name, String operand) {
        for (int i = 0; i < COUNT; i++) {
            line("final long %s%d = %s%d << %d;", name, i, operand, i, shift);
        }
    }

    private void open(String type, String comment, String method) {
        code.append("""
                package org.mckms.mikeysakke.field;

                import static java.lang.Math.multiplyHigh;
                import static org.mckms.mikeysakke.field.P256Field.BITS;
                import static org.mckms.mikeysakke.field.P256Field.MASK;
                import static org.mckms.mikeysakke.field.P256Reduction.high256;
                import static org.mckms.mikeysakke.field.P256Reduction.high96;
                import static org.mckms.mikeysakke.field.P256Reduction.low192;
                import static org.mckms.mikeysakke.field.P256Reduction.low96;
                import static org.mckms.mikeysakke.field.P256Reduction.middle;

                /** Written by P256KernelGenerator, which explains it; the bounds are in {@link P256Reduction}. */
                final class %s {
                    private %s() {}

                    /** %s */
                    static void %s {
                """.formatted(type, type, comment, method));
    }

    private void line(String format, Object... arguments) {
        String text = format.formatted(arguments);
        code.append(text.isEmpty() ? "" : "        ").append(text).append('\n');
    }
}
