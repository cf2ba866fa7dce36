package org.mckms.mikeysakke.timing;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Big-endian scalars of each class; each class has as many arrays, so that fetching one takes the same way through the memory. */
final class Scalars {
    /** Order q of SAKKE parameter set 1, RFC 6509 appendix A. */
    static final BigInteger SAKKE_Q = new BigInteger(
            "265EAEC7C2958FF69971846636B4195E905B0338672D20986FA6B8D62CF8068B"
                    + "BD02AAC9F8BF03C6C8A1CC354C69672C39E46CE7FDF222864D5B49FD2999A9B4"
                    + "389B1921CC9AD335144AB173595A07386DABFD2A0C614AA0A9F3CF14870F026A"
                    + "A7E535ABD5A5C7C7FF38FA08E2615F6C203177C42B1EB3A1D99B601EBFAA17FB",
            16);

    /** Order of P-256. */
    static final BigInteger P256_Q =
            new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);

    private static final int EACH = 512;
    private static final long SEED = 20260120;

    private final Map<InputClass, byte[][]> scalars = new EnumMap<>(InputClass.class);

    /** Random scalars from 1 to q-1, 1, and q-1, in {@code octets} octets. */
    Scalars(BigInteger q, int octets) {
        this(q, octets, EACH);
    }

    Scalars(BigInteger q, int octets, int each) {
        Random random = new Random(SEED);
        Supplier<BigInteger> uniform = () -> new BigInteger(q.bitLength() + 64, random)
                .mod(q.subtract(BigInteger.ONE))
                .add(BigInteger.ONE);
        scalars.put(InputClass.RANDOM, arrays(uniform, octets, each));
        scalars.put(InputClass.RANDOM_AGAIN, arrays(uniform, octets, each));
        scalars.put(InputClass.SMALL, arrays(() -> BigInteger.ONE, octets, each));
        scalars.put(InputClass.LARGE, arrays(() -> q.subtract(BigInteger.ONE), octets, each));
    }

    byte[] get(InputClass inputs, int index) {
        byte[][] all = scalars.get(inputs);
        return all[index % all.length];
    }

    private static byte[][] arrays(Supplier<BigInteger> numbers, int octets, int each) {
        byte[][] arrays = new byte[each][];
        Arrays.setAll(arrays, i -> octets(numbers.get(), octets));
        return arrays;
    }

    private static byte[] octets(BigInteger x, int width) {
        byte[] signed = x.toByteArray();
        byte[] octets = new byte[width];
        int length = Math.min(width, signed.length);
        System.arraycopy(signed, signed.length - length, octets, width - length, length);
        return octets;
    }
}
