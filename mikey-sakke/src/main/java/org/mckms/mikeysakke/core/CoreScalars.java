package org.mckms.mikeysakke.core;

import java.security.SecureRandom;
import java.util.Arrays;
import org.mckms.mikeysakke.field.OrderField;

/** Scalars that a core is tried with, none of them zero. They are no secrets. */
final class CoreScalars {
    private static final OrderField ORDER = OrderField.SAKKE;
    /** So many more than q has that a number modulo q is as good as evenly distributed, and zero never. */
    private static final int EXTRA_OCTETS = 8;

    /** How many edges there are. */
    static final int EDGES = 3;

    private CoreScalars() {}

    /** q - 1, 2^1021, and 2^1021 - 1, in which every window of bits is full and passes on a carry; counted in a ring. */
    static byte[] edge(int number) {
        byte[] scalar = new byte[ORDER.octets()];
        switch (number % EDGES) {
            case 0 -> {
                long[] one = ORDER.newElement();
                ORDER.setOne(one);
                ORDER.negate(one, one);
                ORDER.encode(scalar, one);
            }
            case 1 -> scalar[0] = 0x20;
            default -> {
                Arrays.fill(scalar, (byte) 0xFF);
                scalar[0] = 0x1F;
            }
        }
        return scalar;
    }

    /** Any number below q, up to its full length. */
    static byte[] even(SecureRandom random) {
        byte[] wide = new byte[ORDER.octets() + EXTRA_OCTETS];
        random.nextBytes(wide);
        long[] element = ORDER.newElement();
        ORDER.reduce(element, wide);
        byte[] scalar = new byte[ORDER.octets()];
        ORDER.encode(scalar, element);
        return scalar;
    }

    /** Any number, now and then a small one or an edge. */
    static byte[] any(SecureRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> edge(random.nextInt(EDGES));
            case 1, 2 -> small(random);
            default -> even(random);
        };
    }

    private static byte[] small(SecureRandom random) {
        byte[] scalar = new byte[ORDER.octets()];
        scalar[scalar.length - 2] = (byte) random.nextInt();
        scalar[scalar.length - 1] = (byte) (random.nextInt() | 1);
        return scalar;
    }
}
