package org.mckms.mikeysakke.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.vectors.VectorFile;

/** The loop constant in both forms, and that no step of either loop meets an exceptional case for a point of order q. */
class LoopConstantTest {
    private static final BigInteger Q = VectorFile.load("field/sakke-parameter-set-1.json").cases().stream()
            .filter(row -> row.name().equals("q"))
            .map(row -> new BigInteger(row.text("value"), 16))
            .findFirst()
            .orElseThrow();
    private static final BigInteger Q_MINUS_1 = Q.subtract(BigInteger.ONE);

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void writesTheConstantInSparseOddDigits(int width) {
        int[] digits = LoopConstant.signedWindows(width);
        BigInteger sum = BigInteger.ZERO;
        int last = -width;
        for (int i = 0; i < digits.length; i++) {
            sum = sum.add(BigInteger.valueOf(digits[i]).shiftLeft(i));
            if (digits[i] != 0) {
                assertThat(digits[i] & 1).isOne();
                assertThat(Math.abs(digits[i])).isLessThan(1 << width - 1);
                assertThat(i - last).isGreaterThanOrEqualTo(width);
                last = i;
            }
        }
        assertThat(sum).isEqualTo(Q_MINUS_1);
        assertThat(digits[digits.length - 1]).isPositive();
    }

    @Test
    void theLoopOfTwoPointsMeetsNoExceptionalCase() {
        int[] digits = LoopConstant.signedWindows(MillerLoop.WINDOW);
        for (int d = 1; d < 1 << MillerLoop.WINDOW - 1; d += 2) {
            // from d A by 2 A to the next odd multiple
            assertAdds(BigInteger.valueOf(d), 2);
        }
        BigInteger n = BigInteger.valueOf(digits[digits.length - 1]);
        for (int i = digits.length - 2; i >= 0; i--) {
            assertThat(n.mod(Q)).isNotZero();
            n = n.shiftLeft(1);
            if (digits[i] != 0) {
                assertAdds(n, digits[i]);
                n = n.add(BigInteger.valueOf(digits[i]));
            }
        }
        assertThat(n).isEqualTo(Q_MINUS_1);
    }

    @Test
    void theStepsOfTheTableMeetNoExceptionalCase() {
        BigInteger n = BigInteger.ONE;
        for (LoopStep step : LoopConstant.steps()) {
            assertThat(n.mod(Q)).isNotZero();
            n = n.shiftLeft(step.doublings());
            assertThat(n.mod(Q)).isNotZero();
            if (step.digit() != 0) {
                assertAdds(n, step.digit());
                n = n.add(BigInteger.valueOf(step.digit()));
            }
        }
        assertThat(n).isEqualTo(Q_MINUS_1);
    }

    /** Whether nA + dA is neither a doubling nor infinity, and nA is not infinity. */
    private static void assertAdds(BigInteger n, int d) {
        assertThat(n.mod(Q)).isNotZero();
        assertThat(n.subtract(BigInteger.valueOf(d)).mod(Q))
                .as("%s and %d", n, d)
                .isNotZero();
        assertThat(n.add(BigInteger.valueOf(d)).mod(Q)).as("%s and %d", n, d).isNotZero();
    }
}
