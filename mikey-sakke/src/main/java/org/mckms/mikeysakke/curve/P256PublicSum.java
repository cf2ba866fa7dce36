package org.mckms.mikeysakke.curve;

import java.util.ArrayList;
import java.util.List;
import org.mckms.mikeysakke.field.P256Field;

/**
 * A sum of multiples of points of P-256 where scalars and points are public, as in a verification. Not constant in time; not thread
 * safe.
 *
 * <p>Multiples without a full table share their doublings (E. Straus, "Addition chains of vectors", 1964); those with one need none.
 */
public final class P256PublicSum {
    private record Interleaved(P256OddMultiples multiples, byte[] digits) {}

    private record Fixed(P256FixedBaseTable table, P256SignedDigits digits) {}

    private final List<Interleaved> interleaved = new ArrayList<>();
    private final List<Fixed> fixed = new ArrayList<>();

    /** An empty sum. */
    public P256PublicSum() {}

    /**
     * Adds [k]P.
     *
     * @param multiples of P, a power of two of them
     * @param k at most 32 octets, big-endian, in 0..q-1
     */
    public P256PublicSum add(P256OddMultiples multiples, byte[] k) {
        int width = Integer.numberOfTrailingZeros(multiples.count()) + 2;
        interleaved.add(new Interleaved(multiples, P256NonAdjacentForm.digits(k, width)));
        return this;
    }

    /**
     * Adds [k]P.
     *
     * @param table of P
     * @param k 32 octets, big-endian, in 0..q-1
     */
    public P256PublicSum add(P256FixedBaseTable table, byte[] k) {
        fixed.add(new Fixed(table, new P256SignedDigits(k)));
        return this;
    }

    /**
     * The sum, with any Z.
     *
     * <p>The fast addition leaves Z = 0 for good when it meets an exceptional case, so that any other Z proves the sum right. Else it is
     * calculated again with the complete addition: for a sum at infinity, and for scalars chosen to that end.
     */
    public P256Point value() {
        P256Point sum = new Accumulation(false).run();
        return sum.isInfinity() ? new Accumulation(true).run() : sum;
    }

    /** One calculation of the sum. */
    private final class Accumulation {
        private final boolean complete;
        private final P256Point sum = new P256Point();
        private boolean empty = true;
        private final long[] x = P256Field.newElement();
        private final long[] y = P256Field.newElement();

        Accumulation(boolean complete) {
            this.complete = complete;
        }

        P256Point run() {
            if (!interleaved.isEmpty()) {
                addInterleaved();
            }
            for (Fixed term : fixed) {
                for (int window = 0; window < P256SignedDigits.WINDOWS; window++) {
                    term.table.get(x, y, window, term.digits);
                    add();
                }
            }
            return sum;
        }

        private void addInterleaved() {
            for (int position = P256NonAdjacentForm.LENGTH - 1; position >= 0; position--) {
                if (!empty) {
                    sum.twice();
                }
                for (Interleaved term : interleaved) {
                    int digit = term.digits[position];
                    if (digit != 0) {
                        term.multiples.get(x, y, Math.abs(digit) >> 1);
                        P256Field.negateIf(y, y, digit >> Integer.SIZE - 1);
                        add();
                    }
                }
            }
        }

        private void add() {
            if (complete) {
                sum.addAffineComplete(x, y);
            } else if (empty) {
                sum.setAffine(x, y);
            } else {
                sum.addAffine(x, y);
            }
            empty = false;
        }
    }
}
