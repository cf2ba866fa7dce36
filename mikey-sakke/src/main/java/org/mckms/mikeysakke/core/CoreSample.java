package org.mckms.mikeysakke.core;

import java.security.SecureRandom;

/** Input of every operation of a core. What looks like a secret here is thrown away after the trial. */
final class CoreSample {
    final byte[] k;
    final byte[] rb;
    final byte[] r;
    /** [k]P. */
    final byte[] multiple;
    /** R = [rb]P + [r]Z. */
    final byte[] sum;
    /** R or another point: what {@link SakkeCore#isSum} finds right or refuses. */
    final byte[] claimed;

    /**
     * @param reference makes the points
     * @param number    of the sample in its trial: the first three have every edge in every place, the first six every false claim
     */
    CoreSample(SakkeCore reference, SenderTable z, int number, SecureRandom random) {
        k = scalar(number, 0, random);
        rb = scalar(number, 1, random);
        r = scalar(number, 2, random);
        multiple = reference.multiplyGenerator(new byte[][] {k})[0];
        sum = reference.encapsulate(z, new byte[][] {rb}, new byte[][] {r})[0].point();
        claimed = switch (number % 6) {
            case 1 -> multiple;
            case 3 -> FalseClaims.negative(sum);
            case 5 -> FalseClaims.plusOrderTwo(sum);
            default -> sum;
        };
    }

    private static byte[] scalar(int number, int place, SecureRandom random) {
        return number < CoreScalars.EDGES ? CoreScalars.edge(number + place) : CoreScalars.any(random);
    }
}
