package org.mckms.mikeysakke.field;

import java.util.Arrays;

/** Inversion in F_p as a power, x^(p-2); the exponent is public. */
final class SakkeFermat {
    private static final String EXPONENT = "997ABB1F0A563FDA65C61198DAD0657A416C0CE19CB48261BE9AE358B3E01A2E"
            + "F40AAB27E2FC0F1B228730D531A59CB0E791B39FF7C88A19356D27F4A666A6D0"
            + "E26C6487326B4CD4512AC5CD65681CE1B6AFF4A831852A82A7CF3C521C3C09AA"
            + "9F94D6AF56971F1FFCE3E82389857DB080C5DF10AC7ACE87666D807AFEA85FE9";

    private SakkeFermat() {}

    /** r = 1/a, and zero for zero. */
    static void invert(ScalarSakkeField field, long[] r, long[] a) {
        long[][] powers = new long[16][field.size()];
        try {
            field.setOne(powers[0]);
            for (int i = 1; i < powers.length; i++) {
                field.multiply(powers[i], powers[i - 1], a);
            }
            field.setOne(r);
            for (int i = 0; i < EXPONENT.length(); i++) {
                for (int bit = 0; bit < 4; bit++) {
                    field.square(r, r);
                }
                field.multiply(r, r, powers[Character.digit(EXPONENT.charAt(i), 16)]);
            }
        } finally {
            for (long[] power : powers) {
                Arrays.fill(power, 0);
            }
        }
    }
}
