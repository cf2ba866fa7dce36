package org.mckms.mikeysakke.pairing;

import java.util.Arrays;
import java.util.List;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.field.SakkeField;
import org.mckms.mikeysakke.field.ScalarSakkeField;

/**
 * The pairing with one fixed point A, for a receiver that opens many messages with one key: a table holds the functions of all steps of
 * the loop, and what is left to do for a message is to take them at its point, about 4,540M against 17,700M.
 *
 * <p>The table is as secret as A; closing wipes it. Several threads may use it at once; the owner closes it after the last use has
 * returned.
 */
public final class FixedPointPairing implements AutoCloseable {
    /** Those of {@link StepFunctions}. */
    final long[][] coefficients;

    private final SakkeField field;
    private volatile boolean closed;

    /**
     * Makes the table, at the cost of less than two pairings.
     *
     * @param field what {@link #pair} calculates with; the table is held in its packs, 2,400 of them, with the same point in each lane
     * @param a 257 octets {@code 04 || x || y}, a point of order q; not kept
     * @throws InvalidKeyMaterialException if no table can be made for the point, which happens for hardly any point or none at all
     */
    public FixedPointPairing(SakkeField field, byte[] a) {
        SakkeField scalar = ScalarSakkeField.INSTANCE.withScratch();
        AffinePoints point = AffinePoints.read(scalar, new byte[][] {a}, 0);
        long[][] made;
        try {
            made = StepFunctions.of(scalar, point);
        } finally {
            point.wipe();
            scalar.wipeScratch();
        }
        if (made == null) {
            throw new InvalidKeyMaterialException("no line table can be made for the point");
        }
        this.field = field;
        this.coefficients = field == ScalarSakkeField.INSTANCE ? made : broadcast(field, made);
    }

    /** Elements of the scalar field, which are wiped, as packs with the same element in each lane. */
    private static long[][] broadcast(SakkeField field, long[][] elements) {
        long[][] packs = new long[elements.length][field.size()];
        byte[] octets = new byte[SakkeField.OCTETS];
        for (int i = 0; i < packs.length; i++) {
            ScalarSakkeField.INSTANCE.encode(octets, 0, elements[i], 0);
            Arrays.fill(elements[i], 0);
            field.decodeToAll(packs[i], octets, 0);
        }
        Arrays.fill(octets, (byte) 0);
        return packs;
    }

    /** The steps of the loop in their order. */
    public static List<LoopStep> steps() {
        return StepFunctions.STEPS;
    }

    /**
     * The pairing of A with each of the points.
     *
     * @param b points as 257 octets {@code 04 || x || y}, on the curve
     * @return for each point 128 octets that the caller wipes; null where the pairing has no representative, which cannot be for a point
     *     of order q
     * @throws IllegalStateException after close
     */
    public byte[][] pair(byte[][] b) {
        requireOpen();
        SakkeField scratch = field.withScratch();
        byte[][] values = new byte[b.length][];
        try {
            for (int first = 0; first < b.length; first += field.lanes()) {
                pair(scratch, values, b, first);
            }
            return values;
        } finally {
            scratch.wipeScratch();
        }
    }

    /** The pairings with the points from index {@code first} on, one in each lane. */
    private void pair(SakkeField scratch, byte[][] values, byte[][] b, int first) {
        AffinePoints points = AffinePoints.read(scratch, b, first);
        PairingAccumulator v = new PairingAccumulator(scratch);
        LineValues lines = new LineValues(scratch, points);
        try {
            follow(v, lines);
            Representatives.write(scratch, v, values, first);
        } finally {
            v.wipe();
            lines.wipe();
        }
    }

    private void follow(PairingAccumulator v, LineValues lines) {
        int coefficient = 0;
        for (LoopStep step : StepFunctions.STEPS) {
            for (int i = 0; i < step.doublings(); i++) {
                v.square();
            }
            lines.multiplyTo(v, step, coefficients, coefficient);
            coefficient += step.coefficients();
        }
    }

    /**
     * Writes a coefficient in the first lane as 128 octets, big-endian, for a core that arranges the table in another way; the caller
     * wipes them. The coefficients of a step are c0, c1 for a step that doubles, else e0, c0, c1, c2 and, if something is added, c3; the
     * function is c(x) + y, else c(x) + y (x + e0).
     *
     * @param index counted over the coefficients of all steps
     * @throws IllegalStateException after close
     */
    public void encodeCoefficient(byte[] octets, int to, int index) {
        requireOpen();
        field.encode(octets, to, coefficients[index], 0);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("line table was used after it was closed");
        }
    }

    /** Zeroes the table; closing again does nothing. */
    @Override
    public void close() {
        closed = true;
        for (long[] coefficient : coefficients) {
            Arrays.fill(coefficient, 0);
        }
    }

    @Override
    public String toString() {
        return "FixedPointPairing[hidden]";
    }
}
