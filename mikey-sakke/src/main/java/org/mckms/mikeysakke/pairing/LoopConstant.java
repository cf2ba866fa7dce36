package org.mckms.mikeysakke.pairing;

import java.util.ArrayList;
import java.util.Arrays;
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
     * width - 1 zeros towards the higher end. The last one is not zero.
     */
    static int[] signedWindows(int width) {
        int[] digits = new int[TOP + 2];
        int top = 0;
        int carry = 0;
        int i = 0;
        while (i <= TOP + carry) {
            if (bit(i) == carry) {
                i++;
                continue;
            }
            int digit = carry;
            for (int j = 0; j < width; j++) {
                digit += bit(i + j) << j;
            }
            carry = digit >> (width - 1);
            digits[i] = digit - (carry << width);
            top = i;
            i += width;
        }
        return Arrays.copyOf(digits, top + 1);
    }

    /** The steps that lead from n = 1 to n = q - 1. */
    static List<LoopStep> steps() {
        List<LoopStep> steps = new ArrayList<>();
        int carry = 0;
        int i = 0;
        // what is left is floor((q - 1) / 2^i) + carry, and the first step starts from 1
        while (i < TOP + carry) {
            int low = bit(i) + 2 * bit(i + 1) + carry;
            LoopStep step = step(low & 3);
            carry = step == LoopStep.DOUBLE ? bit(i) & carry : (low - step.digit()) >> 2;
            i += step.doublings();
            steps.add(step);
        }
        Collections.reverse(steps);
        return List.copyOf(steps);
    }

    /** The step that leads to a number from its two lowest bits. */
    private static LoopStep step(int lowBits) {
        if (lowBits == 0) {
            return LoopStep.QUADRUPLE;
        }
        if (lowBits == 2) {
            return LoopStep.DOUBLE;
        }
        return lowBits == 1 ? LoopStep.QUADRUPLE_AND_ADD : LoopStep.QUADRUPLE_AND_SUBTRACT;
    }

    private static int bit(int i) {
        return i > TOP ? 0 : Q_MINUS_1[Q_MINUS_1.length - 1 - (i >> 3)] >> (i & 7) & 1;
    }
}
