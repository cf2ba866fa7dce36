package org.mckms.platform.row;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Octets;

class IndexHashTest {

    /** SHA-256 of "abc": FIPS 180-2, appendix B.1; of the empty text: NIST's examples. */
    @Test
    void isTheFirstEightOctetsOfTheDigest() {
        assertThat(IndexHash.of("abc")).isEqualTo(0xBA7816BF_8F01CFEAL);
        assertThat(IndexHash.of("")).isEqualTo(0xE3B0C442_98FC1C14L);
    }

    @Test
    void takesADigestAsItIs() {
        assertThat(IndexHash.of(Octets.fromHex("FFFFFFFFFFFFFFFE00112233"))).isEqualTo(-2);
    }
}
