package org.mckms.mikeysakke.field;

import static java.math.BigInteger.ONE;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes Montgomery's reduction modulo p ({@code SakkeReduction}).
 *
 * <p>With N = 2^-58 mod p, the number 2^58 N - 1 is a multiple of p, so seventeen steps clear a column each by adding m (2^58 N - 1) at
 * it: there m is the column itself modulo 2^58. An eighteenth step of that kind would leave 2^57 N; instead it adds m p, m being the
 * column times -1/p. The products m_i N_j are paired by Karatsuba's formula, as {@link KernelGenerator#product} does; those of the last
 * limb of N and of the limbs of p stay single.
 */
final class ReductionGenerator {
    private static final int COUNT = SakkeLimbs.COUNT;

    private static final int BITS = SakkeLimbs.BITS;

    private static final BigInteger P = Numbers.SAKKE_P;

    private static final List<BigInteger> MODULUS = limbs(P);

    /** Between -p/2 and p/2. */
    private static final List<BigInteger> N = limbs(centred(ONE.shiftLeft(BITS).modInverse(P)));

    private static final BigInteger NEGATIVE_INVERSE =
            P.modInverse(ONE.shiftLeft(BITS)).negate().mod(ONE.shiftLeft(BITS));

    private final KernelWriter kernel = new KernelWriter(
            List.of("COLUMNS", "HIGH", "LOW"),
            List.of("carry = 0", "windowLow = -20L << 58", "windowHigh = 20", "m = 0", "raw = 0"),
            List.of("low", "high", "x"));

    String reduction() {
        for (int k = 0; k < 2 * COUNT - 1; k++) {
            kernel.startColumn(k);
            if (k < COUNT) {
                findMultiplier(k);
                addMultiplier(k);
            } else {
                finishColumn(k);
            }
            kernel.fence();
        }
        return kernel.source(
                "SakkeReduction",
                "reduce",
                "Divides the columns by 2^1044 modulo p; the limbs of the result come to columns 18 to 35.");
    }

    /**
     * The multiplier of a column hangs on the one before and on the carry, so these come last; and it is taken from the low word as it
     * is, since the high word corrects that by multiples of 2^58.
     */
    private void findMultiplier(int k) {
        kernel.line("low = s[COLUMNS + %d] + windowLow;", k);
        kernel.line("high = 0;");
        if (k > 0) {
            addPairs(k - 1);
            kernel.line("low += raw + carry;");
        }
        if (k < COUNT - 1) {
            kernel.line("m = low << 6 >> 6;");
        } else {
            kernel.line("m = low * %s << 6 >> 6;", kernel.constant(NEGATIVE_INVERSE));
        }
        kernel.line("s[COLUMNS + %d] = m;", k);
        if (k > 0) {
            kernel.line("high = (high << 1) + s[HIGH + %d];", k - 1);
            kernel.line("low -= high << 58;");
            kernel.line("high += windowHigh;");
            kernel.line("windowLow += s[LOW + %d];", k - 1);
            kernel.line("windowHigh += s[HIGH + %d];", k - 1);
        } else {
            kernel.line("high = windowHigh;");
        }
    }

    /** Clears the column and, but for the last step, calculates the product that comes to the window next. */
    private void addMultiplier(int k) {
        if (k < COUNT - 1) {
            kernel.line("carry = high + ((low - m) >> 58);");
            kernel.line("raw = m * %s;", kernel.constant(N.get(k)));
            kernel.line(
                    "high = Math.multiplyHigh(m, %s);", kernel.constant(N.get(k).shiftLeft(6)));
            kernel.line("s[HIGH + %d] = high;", k);
            kernel.line("s[LOW + %d] = raw - (high << 58);", k);
        } else {
            kernel.line(
                    "x = Math.multiplyHigh(m, %s);",
                    kernel.constant(MODULUS.get(0).shiftLeft(6)));
            kernel.line("low += m * %s - (x << 58);", kernel.constant(MODULUS.get(0)));
            kernel.line("carry = high + x + (low >> 58);");
        }
    }

    /** A column that stays, as a limb of the result. */
    private void finishColumn(int k) {
        kernel.line("low = s[COLUMNS + %d];", k);
        kernel.line("high = 0;");
        kernel.line("x = s[COLUMNS + %d];", k - COUNT);
        addProduct(N.get(COUNT - 1));
        kernel.line("x = s[COLUMNS + %d];", COUNT - 1);
        addProduct(MODULUS.get(k - COUNT + 1));
        kernel.line("windowLow -= s[LOW + %d];", k - COUNT);
        kernel.line("windowHigh -= s[HIGH + %d];", k - COUNT);
        addPairs(k - 1);
        kernel.line("low += windowLow - (high << 59) + carry;");
        kernel.line("high = (high << 1) + windowHigh;");
        kernel.line("x = low << 6 >> 6;");
        kernel.line("s[COLUMNS + %d] = x;", k);
        kernel.line("carry = high + ((low - x) >> 58);");
    }

    /** Adds (m_j - m_i)(N_i - N_j) for i + j = sum. */
    private void addPairs(int sum) {
        List<KernelGenerator.Pair> pairs = KernelGenerator.pairs(sum, COUNT - 1);
        for (int n = 0; n < pairs.size(); n++) {
            int i = pairs.get(n).i();
            int j = pairs.get(n).j();
            KernelGenerator.fenceBefore(kernel, n);
            kernel.line("x = %s - s[COLUMNS + %d];", i == 0 ? "m" : "s[COLUMNS + " + j + "]", i);
            addProduct(N.get(i).subtract(N.get(j)));
        }
    }

    private void addProduct(BigInteger factor) {
        kernel.line("low += x * %s;", kernel.constant(factor));
        kernel.line("high += Math.multiplyHigh(x, %s);", kernel.constant(factor.shiftLeft(5)));
    }

    private static BigInteger centred(BigInteger x) {
        return x.compareTo(P.shiftRight(1)) > 0 ? x.subtract(P) : x;
    }

    /** Limbs of -2^57 to 2^57 - 1. */
    private static List<BigInteger> limbs(BigInteger x) {
        List<BigInteger> limbs = new ArrayList<>();
        for (BigInteger rest = x; limbs.size() < COUNT; ) {
            BigInteger limb = BigInteger.valueOf(SakkeLimbs.signed(rest.longValue()));
            limbs.add(limb);
            rest = rest.subtract(limb).shiftRight(BITS);
        }
        return limbs;
    }
}
