package org.mckms.mikeysakke.curve;

import java.math.BigInteger;
import java.util.Arrays;

/** Parameter set 1 of SAKKE (RFC 6509 appendix A) in integers of any size. */
public final class Integers {
    public static final BigInteger P = new BigInteger(
            "997ABB1F0A563FDA65C61198DAD0657A416C0CE19CB48261BE9AE358B3E01A2E"
                    + "F40AAB27E2FC0F1B228730D531A59CB0E791B39FF7C88A19356D27F4A666A6D0"
                    + "E26C6487326B4CD4512AC5CD65681CE1B6AFF4A831852A82A7CF3C521C3C09AA"
                    + "9F94D6AF56971F1FFCE3E82389857DB080C5DF10AC7ACE87666D807AFEA85FEB",
            16);
    public static final BigInteger Q = new BigInteger(
            "265EAEC7C2958FF69971846636B4195E905B0338672D20986FA6B8D62CF8068B"
                    + "BD02AAC9F8BF03C6C8A1CC354C69672C39E46CE7FDF222864D5B49FD2999A9B4"
                    + "389B1921CC9AD335144AB173595A07386DABFD2A0C614AA0A9F3CF14870F026A"
                    + "A7E535ABD5A5C7C7FF38FA08E2615F6C203177C42B1EB3A1D99B601EBFAA17FB",
            16);

    private Integers() {}

    static BigInteger x(byte[] point) {
        return new BigInteger(1, point, 1, 128);
    }

    static BigInteger y(byte[] point) {
        return new BigInteger(1, point, 129, 128);
    }

    /** As 128 octets, big-endian. */
    public static byte[] octets(BigInteger value) {
        byte[] minimal = value.toByteArray();
        int start = minimal.length > 128 ? 1 : 0;
        byte[] octets = new byte[128];
        System.arraycopy(minimal, start, octets, 128 - (minimal.length - start), minimal.length - start);
        Arrays.fill(minimal, (byte) 0);
        return octets;
    }
}
