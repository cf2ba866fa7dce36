package org.mckms.mikeysakke.core;

import java.security.SecureRandom;
import java.util.Arrays;

/** Random input of every operation of a core. What looks like a secret here is thrown away after the trial. */
final class CoreSample {
    private static final int SCALAR_OCTETS = 128;

    final byte[] k;
    final byte[] rb;
    final byte[] r;
    /** [k]P. */
    final byte[] multiple;
    /** R = [rb]P + [r]Z. */
    final byte[] sum;
    /** One of the two points above: the one that {@link SakkeCore#isSum} finds right, or the one that it refuses. */
    final byte[] claimed;

    /**
     * @param reference makes the points
     * @param right     whether the claimed point is R
     */
    CoreSample(SakkeCore reference, SenderTable z, boolean right, SecureRandom random) {
        k = scalar(random);
        rb = scalar(random);
        r = scalar(random);
        multiple = reference.multiplyGenerator(new byte[][] {k})[0];
        sum = reference.encapsulate(z, new byte[][] {rb}, new byte[][] {r})[0].point();
        claimed = right ? sum : multiple;
    }

    /** A number below q that is not zero: q has 1022 bits, this one at most 1016; now and then it is a small one. */
    static byte[] scalar(SecureRandom random) {
        byte[] scalar = new byte[SCALAR_OCTETS];
        random.nextBytes(scalar);
        boolean small = random.nextInt(4) == 0;
        Arrays.fill(scalar, 0, small ? SCALAR_OCTETS - 2 : 1, (byte) 0);
        scalar[SCALAR_OCTETS - 1] |= 1;
        return scalar;
    }
}
