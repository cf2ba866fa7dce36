package org.mckms.mikeysakke.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * Multiples of one point that turn a scalar multiplication into additions only. Immutable.
 *
 * <p>Worth its making, about the cost of eight multiplications, when one point is multiplied by many scalars.
 */
public final class FixedBaseTable {
    /** For each window w the points [i * 32^w]base, i = 1..16. */
    private final List<List<Point>> windows;

    private final Point infinity;

    private FixedBaseTable(List<List<Point>> windows, Point infinity) {
        this.windows = windows;
        this.infinity = infinity;
    }

    /** The table of a point that is not at infinity. */
    public static FixedBaseTable of(Point base) {
        int windows = SignedWindows.count(base.curve().order());
        List<List<Point>> table = new ArrayList<>(windows);
        Point unit = base;
        for (int window = 0; window < windows; window++) {
            List<Point> multiples = new ArrayList<>(SignedWindows.MAX_DIGIT);
            Point multiple = unit.normalised();
            unit = multiple;
            for (int i = 1; i <= SignedWindows.MAX_DIGIT; i++) {
                multiples.add(multiple);
                multiple = multiple.plus(unit);
            }
            table.add(Point.normalise(multiples));
            unit = multiples.get(SignedWindows.MAX_DIGIT - 1).twice();
        }
        return new FixedBaseTable(List.copyOf(table), Point.infinity(base.curve()));
    }

    /** [k] times the point of the table. */
    public Point multiply(Scalar k) {
        int[] digits = SignedWindows.digits(k.value(), windows.size());
        Point sum = infinity;
        for (int window = 0; window < digits.length; window++) {
            int digit = digits[window];
            if (digit > 0) {
                sum = sum.plus(windows.get(window).get(digit - 1));
            } else if (digit < 0) {
                sum = sum.plus(windows.get(window).get(-digit - 1).negate());
            }
        }
        return sum;
    }
}
