package org.mckms.mikeysakke.mikey;

import org.mckms.mikeysakke.identity.KeyIdentifier;

/**
 * HDR (RFC 3830 clause 6.1) of an I_MESSAGE: version 1, data type 26, PRF-HMAC-SHA-256.
 *
 * @param answerExpected the V bit
 * @param csbId GUK-ID or key identifier, not 0
 * @param map crypto sessions
 */
record CommonHeader(boolean answerExpected, KeyIdentifier csbId, CsIdMap map) {
    private static final int VERSION = 1;
    private static final int SAKKE_MESSAGE = 26;
    private static final int PRF_HMAC_SHA_256 = 1;
    private static final int V_BIT = 0x80;

    /** Reads the header. */
    static CommonHeader decode(OctetReader in, MikeyLeniency leniency) {
        in.require(VERSION, "version");
        in.require(SAKKE_MESSAGE, "data type");
        in.require(MikeyPayload.T, MikeyPayload.NEXT);
        int vAndPrf = in.u8("V and PRF func");
        if ((vAndPrf & ~V_BIT) != PRF_HMAC_SHA_256) {
            throw in.value(1, "PRF func is " + (vAndPrf & ~V_BIT) + ", not " + PRF_HMAC_SHA_256);
        }
        boolean answerExpected = (vAndPrf & V_BIT) != 0;
        if (answerExpected && !leniency.accepts(Deviation.ANSWER_EXPECTED)) {
            throw in.value(1, "the V bit asks for an answer");
        }
        KeyIdentifier csbId = KeyIdentifier.of(in.octets(KeyIdentifier.OCTETS, "CSB ID"));
        if (csbId.value() == 0) {
            throw in.value(KeyIdentifier.OCTETS, "CSB ID is 0, which names no key");
        }
        return new CommonHeader(answerExpected, csbId, CsIdMap.decode(in, leniency));
    }

    void encode(OctetWriter out) {
        out.u8(VERSION).u8(SAKKE_MESSAGE).u8(MikeyPayload.T);
        out.u8((answerExpected ? V_BIT : 0) | PRF_HMAC_SHA_256).octets(csbId.octets());
        CsIdMap.encode(map, out);
    }
}
