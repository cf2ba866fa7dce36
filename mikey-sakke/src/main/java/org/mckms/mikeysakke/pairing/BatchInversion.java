package org.mckms.mikeysakke.pairing;

import java.util.Arrays;
import org.mckms.mikeysakke.field.SakkeField;

/** Many inversions in F_p for one (P. Montgomery, "Speeding the Pollard and elliptic curve methods of factorization", 1987). */
final class BatchInversion {
    private BatchInversion() {}

    /** Replaces each pack by its inverse, tight. In a lane where one of them is zero, all become zero. */
    static void invertAll(SakkeField field, long[][] elements) {
        long[][] before = new long[elements.length][field.size()];
        long[] product = new long[field.size()];
        try {
            field.setOne(product);
            for (int i = 0; i < elements.length; i++) {
                System.arraycopy(product, 0, before[i], 0, product.length);
                field.multiply(product, elements[i], product);
            }
            field.invert(product, product);
            for (int i = elements.length - 1; i >= 0; i--) {
                field.multiply(before[i], before[i], product);
                field.multiply(product, elements[i], product);
                System.arraycopy(before[i], 0, elements[i], 0, product.length);
            }
        } finally {
            Arrays.fill(product, 0);
            for (long[] element : before) {
                Arrays.fill(element, 0);
            }
        }
    }
}
