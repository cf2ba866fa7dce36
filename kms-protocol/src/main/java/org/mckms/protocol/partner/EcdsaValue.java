package org.mckms.protocol.partner;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** ECDSA signatures on P-256 as XML Signature writes them: r || s, 64 octets (RFC 4050 clause 3.3). */
final class EcdsaValue {
    static final int OCTETS = 64;

    private static final BigInteger ORDER = ECNamedCurveTable.getByName("P-256").getN();

    private EcdsaValue() {}

    /** From DER. */
    static byte[] plain(byte[] der) {
        try {
            BigInteger[] pair = StandardDSAEncoding.INSTANCE.decode(ORDER, der);
            return PlainDSAEncoding.INSTANCE.encode(ORDER, pair[0], pair[1]);
        } catch (IOException e) {
            throw new IllegalStateException("the signing key gave no ECDSA signature", e);
        }
    }
}
