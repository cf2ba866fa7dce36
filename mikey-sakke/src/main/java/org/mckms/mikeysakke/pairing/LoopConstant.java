package org.mckms.mikeysakke.pairing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** q - 1, the number that the Miller loop counts to, in the two forms in which it is followed; all of it is public. */
final class LoopConstant {
    private static final byte[] Q_MINUS_1 = HexFormat.of()
            .parseHex("265EAEC7C2958FF69971846636B4195E905B0338672D20986FA6B8D62CF8068B"
                    + "BD02AAC9F8BF03C6C8A1CC354C69672C39E46CE7FDF222864D5B49FD2999A9B4"
                    + "389B1921CC9AD335144AB173595A07386DABFD2A0C614AA0A9F3CF14870F026A"
                    + "A7E535ABD5A5C7C7FF38FA08E2615F6C203177C42B1EB3A1D99B601EBFAA17FA");

    /** The index of the highest bit. */
    private static final int TOP = 1021;

    private LoopConstant() {}

    /**
     * Digits d_i, the sum of which times 2^i is q - 1: zero, or odd between -2^(width-1) and 2^(width-1), and then followed by at least
     * width - 1 zeros towards the higher end; the last one is the highest that is not zero.
     */
    static List<Integer> signedWindows(int width) {
        List<Integer> digits = new ArrayList<>();
        int carry = 0;
        for (int i = 0; i <= TOP || carry != 0; ) {
            if (bit(i) + carry != 1) {
                carry = bit(i) & carry;
                digits.add(0);
                i++;
                continue;
            }
            int digit = carry;
            for (int j = 0; j < width; j++) {
                digit += bit(i + j) << j;
            }
            carry = digit >> (width - 1);
            digits.add(digit - (carry << width));
            digits.addAll(Collections.nCopies(width - 1, 0));
            i += width;
        }
        while (digits.get(digits.size() - 1) == 0) {
            digits.remove(digits.size() - 1);
        }
        return List.copyOf(digits);
    }

    /** The steps that lead from n = 1 to n = q - 1. */
    static List<LoopStep> steps() {
        List<LoopStep> steps = new ArrayList<>();
        int carry = 0;
        int i = 0;
        // what is left is floor((q - 1) / 2^i) + carry, and the last step leaves 1
        while (i < TOP || i == TOP && carry == 1) {
            int low = bit(i) + 2 * bit(i + 1) + carry;
            LoopStep step =
                    switch (low & 3) {
                        case 0 -> LoopStep.QUADRUPLE;
                        case 1 -> LoopStep.QUADRUPLE_AND_ADD;
                        case 2 -> LoopStep.DOUBLE;
                        default -> LoopStep.QUADRUPLE_AND_SUBTRACT;
                    };
            carry = step == LoopStep.DOUBLE ? (bit(i) + carry) >> 1 : (low - step.digit()) >> 2;
            i += step.doublings();
            steps.add(step);
        }
        Collections.reverse(steps);
        return List.copyOf(steps);
    }

    private static int bit(int i) {
        return i > TOP ? 0 : Q_MINUS_1[Q_MINUS_1.length - 1 - i / 8] >> i % 8 & 1;
    }
}
