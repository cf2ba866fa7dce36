package org.mckms.mikeysakke.field;

import static java.math.BigInteger.ONE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the kernels of {@link ScalarSakkeField}: {@code SakkeProduct}, {@code SakkeSquare} and {@code SakkeReduction}.
 *
 * <p>Run {@link #main} with the source folder as argument after a change here; {@code KernelGeneratorTest} compares.
 */
final class KernelGenerator {
    private static final int COUNT = 18;
    private static final int BITS = 58;

    /** First columns of the methods: more than 8000 octets of bytecode are never compiled, and 1000 to 3000 are compiled best. */
    private static final List<Integer> METHODS = List.of(0, 14, 22, 2 * COUNT);

    /**
     * Without fences the compiler calculates many products in advance, runs out of registers and stores them. No load moves up over an
     * acquire fence, which needs no instruction on x86.
     */
    private static final int PAIRS_PER_FENCE = 3;

    private static final BigInteger P = Numbers.SAKKE_P;

    /** 2^-58 mod p, between -p/2 and p/2: as (p n + 1) / 2^58 = N for some n, x - m + 2^58 m N is 0 mod 2^58 for x = m mod 2^58. */
    private static final List<BigInteger> N = limbs(centred(ONE.shiftLeft(BITS).modInverse(P)));

    private static final List<BigInteger> MODULUS = limbs(P);

    private final List<String> parts;
    private final List<String> states;
    private final List<String> locals;
    private final StringBuilder code = new StringBuilder();

    /**
     * @param parts of {@link SakkeColumns} that are used
     * @param states what goes from column to column
     * @param locals what a column uses
     */
    private KernelGenerator(List<String> parts, List<String> states, List<String> locals) {
        this.parts = parts;
        this.states = states;
        this.locals = locals;
    }

    public static void main(String[] arguments) {
        write(Path.of(arguments[0]), "SakkeProduct", product());
        write(Path.of(arguments[0]), "SakkeSquare", square());
        write(Path.of(arguments[0]), "SakkeReduction", reduction());
    }

    private static void write(Path sources, String type, String code) {
        try {
            Files.writeString(sources.resolve("org/mckms/mikeysakke/field/" + type + ".java"), code);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Karatsuba's formula on every pair of limbs: a_i b_j + a_j b_i = (a_i + a_j)(b_i + b_j) - a_i b_i - a_j b_j needs one product where
     * there were two (A. Weimerskirch, C. Paar, "Generalizations of the Karatsuba Algorithm for Efficient Implementations", 2006). All
     * squares to subtract in a column form a window over a_i b_i, that moves by one from column to column.
     */
    static String product() {
        KernelGenerator g = new KernelGenerator(
                List.of("COLUMNS", "HIGH", "LEFT", "LOW", "RIGHT"),
                List.of("carry", "windowLow", "windowHigh"),
                List.of("low", "high", "x", "y"));
        g.open("SakkeProduct", "add", "Adds the product of the limbs LEFT and the limbs RIGHT to the columns.");
        for (int k = 0; k < 2 * COUNT - 1; k++) {
            g.startColumn(k);
            if (k < COUNT) {
                g.line("x = s[LEFT + %d];", k);
                g.line("y = s[RIGHT + %d];", k);
                g.line("high = Math.multiplyHigh(x, y << 6);");
                g.line("low = x * y - (high << 58);");
                g.line("s[LOW + %d] = low;", k);
                g.line("s[HIGH + %d] = high;", k);
                g.line("windowLow += low;");
                g.line("windowHigh += high;");
            } else {
                g.line("windowLow -= s[LOW + %d];", k - COUNT);
                g.line("windowHigh -= s[HIGH + %d];", k - COUNT);
            }
            g.line("low = 0;");
            g.line("high = 0;");
            List<int[]> pairs = pairs(k, COUNT);
            for (int n = 0; n < pairs.size(); n++) {
                int i = pairs.get(n)[0];
                int j = pairs.get(n)[1];
                g.fenceBefore(n);
                g.line("x = s[LEFT + %d] + s[LEFT + %d];", i, j);
                g.line("y = s[RIGHT + %d] + s[RIGHT + %d];", i, j);
                g.line("low += x * y;");
                g.line("high += Math.multiplyHigh(x, y << 5);");
            }
            g.closeWindow(k);
            g.endProductColumn(k);
        }
        return g.close();
    }

    /** The products of a column that come twice are doubled as a sum. */
    static String square() {
        KernelGenerator g =
                new KernelGenerator(List.of("COLUMNS", "LEFT", "RIGHT"), List.of("carry"), List.of("low", "high", "x"));
        g.open(
                "SakkeSquare",
                "add",
                "Adds the square of the limbs LEFT to the columns; RIGHT holds the same limbs times 2^6.");
        for (int k = 0; k < 2 * COUNT - 1; k++) {
            g.startColumn(k);
            g.line("low = 0;");
            g.line("high = 0;");
            List<int[]> pairs = pairs(k, COUNT);
            for (int n = 0; n < pairs.size(); n++) {
                int i = pairs.get(n)[0];
                int j = pairs.get(n)[1];
                g.fenceBefore(n);
                g.line("x = s[LEFT + %d];", i);
                g.line("low += x * s[LEFT + %d];", j);
                g.line("high += Math.multiplyHigh(x, s[RIGHT + %d]);", j);
            }
            g.line("low <<= 1;");
            g.line("high <<= 1;");
            if (k % 2 == 0) {
                g.line("x = s[LEFT + %d];", k / 2);
                g.line("low += x * x;");
                g.line("high += Math.multiplyHigh(x, s[RIGHT + %d]);", k / 2);
            }
            g.line("low -= high << 58;");
            g.endProductColumn(k);
        }
        return g.close();
    }

    /**
     * Montgomery's reduction. Seventeen steps clear a column each by adding m (2^58 N - 1), whose m is the column itself. The last step
     * adds m p, which keeps the result below 0.76 p. The products m_i N_j are paired as in {@link #product}; those of N_17 and of p stay
     * single.
     */
    static String reduction() {
        KernelGenerator g = new KernelGenerator(
                List.of("COLUMNS", "HIGH", "LOW"),
                List.of("carry", "windowLow", "windowHigh"),
                List.of("low", "high", "x", "y", "m"));
        g.open(
                "SakkeReduction",
                "reduce",
                "Divides the columns by 2^1044 modulo p; the limbs of the result come to columns 18 to 35.");
        for (int k = 0; k < 2 * COUNT - 1; k++) {
            g.startColumn(k);
            if (k > 0 && k <= 2 * COUNT - 3) {
                g.reductionPairs(k);
            } else if (k > 0) {
                g.line("low = 0;");
                g.line("high = 0;");
            }
            if (k >= COUNT) {
                g.single(k - COUNT, N.get(COUNT - 1));
                g.single(COUNT - 1, MODULUS.get(k - COUNT + 1));
            }
            g.line(k == 0 ? "low = s[COLUMNS];" : "low += s[COLUMNS + %d] + carry;", k);
            g.endReductionColumn(k);
        }
        return g.close();
    }

    private void reductionPairs(int k) {
        int sum = k - 1;
        if (sum < COUNT - 1) {
            line("windowLow += s[LOW + %d];", sum);
            line("windowHigh += s[HIGH + %d];", sum);
        } else {
            line("windowLow -= s[LOW + %d];", sum - COUNT + 1);
            line("windowHigh -= s[HIGH + %d];", sum - COUNT + 1);
        }
        line("low = 0;");
        line("high = 0;");
        List<int[]> pairs = pairs(sum, COUNT - 1);
        for (int n = 0; n < pairs.size(); n++) {
            int i = pairs.get(n)[0];
            int j = pairs.get(n)[1];
            fenceBefore(n);
            line("x = s[COLUMNS + %d] + %s;", i, j == sum && !METHODS.contains(k) ? "m" : "s[COLUMNS + " + j + "]");
            line("low += x * %s;", literal(N.get(i).add(N.get(j))));
            line(
                    "high += Math.multiplyHigh(x, %s);",
                    literal(N.get(i).add(N.get(j)).shiftLeft(5)));
        }
        closeWindow(sum);
    }

    private void single(int i, BigInteger factor) {
        line("x = s[COLUMNS + %d];", i);
        line("y = Math.multiplyHigh(x, %s);", literal(factor.shiftLeft(6)));
        line("low += x * %s - (y << 58);", literal(factor));
        line("high += y;");
    }

    private void endReductionColumn(int k) {
        if (k < COUNT - 1) {
            line("m = low << 6 >> 6;");
            line("s[COLUMNS + %d] = m;", k);
            line(k == 0 ? "carry = (low - m) >> 58;" : "carry = high + ((low - m) >> 58);");
            line("high = Math.multiplyHigh(m, %s);", literal(N.get(k).shiftLeft(6)));
            line("s[HIGH + %d] = high;", k);
            line("s[LOW + %d] = m * %s - (high << 58);", k, literal(N.get(k)));
        } else if (k == COUNT - 1) {
            BigInteger negativeInverse =
                    P.modInverse(ONE.shiftLeft(BITS)).negate().mod(ONE.shiftLeft(BITS));
            line("m = low * %s << 6 >> 6;", literal(negativeInverse));
            line("s[COLUMNS + %d] = m;", k);
            single(k, MODULUS.get(0));
            line("carry = high + (low >> 58);");
        } else {
            line("x = low << 6 >> 6;");
            line("s[COLUMNS + %d] = x;", k);
            line("carry = high + ((low - x) >> 58);");
        }
        line("VarHandle.acquireFence();");
    }

    /** The pairs i < j < count with i + j = k, those of the highest j last. */
    private static List<int[]> pairs(int k, int count) {
        List<int[]> pairs = new ArrayList<>();
        for (int i = (k + 1) / 2 - 1; i >= Math.max(0, k - count + 1); i--) {
            pairs.add(new int[] {i, k - i});
        }
        return pairs;
    }

    private void closeWindow(int k) {
        line("low -= (high << 59) + windowLow;");
        line("high = (high << 1) - windowHigh;");
        if (k % 2 == 0) {
            line("low += s[LOW + %d] << 1;", k / 2);
            line("high += s[HIGH + %d] << 1;", k / 2);
        }
    }

    private void endProductColumn(int k) {
        line("low += carry;");
        line("s[COLUMNS + %d] += low & SakkeLimbs.MASK;", k);
        line("carry = high + (low >> 58);");
        line("VarHandle.acquireFence();");
    }

    private void fenceBefore(int pair) {
        if (pair % PAIRS_PER_FENCE == 0) {
            line("VarHandle.acquireFence();");
        }
    }

    private void open(String type, String method, String comment) {
        code.append("package org.mckms.mikeysakke.field;\n\n");
        for (String part : parts) {
            code.append("import static org.mckms.mikeysakke.field.SakkeColumns.%s;\n".formatted(part));
        }
        code.append("""

                import java.lang.invoke.VarHandle;

                /** Written by KernelGenerator, which explains it; the bounds are in {@link SakkeColumns}. */
                final class %s {
                    private %s() {}

                    /** %s */
                    static void %s(long[] s) {
                """.formatted(type, type, comment, method));
        states.forEach(state -> line("long %s = 0;", state));
    }

    private void startColumn(int k) {
        if (k > 0 && METHODS.contains(k)) {
            line("from%d(s, %s);", k, String.join(", ", states));
            code.append("    }\n\n    private static void from%d(long[] s, long %s) {\n"
                    .formatted(k, String.join(", long ", states)));
        }
        if (METHODS.contains(k)) {
            locals.forEach(local -> line("long %s;", local));
        }
        line("// column %d", k);
    }

    private String close() {
        line("s[COLUMNS + %d] += carry;", 2 * COUNT - 1);
        return code.append("    }\n}\n").toString();
    }

    private void line(String format, Object... arguments) {
        code.append("        ").append(format.formatted(arguments)).append('\n');
    }

    private static String literal(BigInteger x) {
        long value = x.longValueExact();
        return (value < 0 ? "-0x" : "0x") + Long.toHexString(Math.abs(value)) + "L";
    }

    private static BigInteger centred(BigInteger x) {
        return x.compareTo(P.shiftRight(1)) > 0 ? x.subtract(P) : x;
    }

    /** Limbs of -2^57 to 2^57 - 1. */
    private static List<BigInteger> limbs(BigInteger x) {
        List<BigInteger> limbs = new ArrayList<>();
        for (BigInteger rest = x; limbs.size() < COUNT; ) {
            BigInteger limb = BigInteger.valueOf(rest.longValue() << 6 >> 6);
            limbs.add(limb);
            rest = rest.subtract(limb).shiftRight(BITS);
        }
        return limbs;
    }
}
