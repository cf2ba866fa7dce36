package org.mckms.protocol.codec;

import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsResponse;

/** Writes and reads the body of a response (KmsResponse, TS 33.180 clause D.3). */
public final class KmsResponseCodec {
    private KmsResponseCodec() {}

    /** Writes a response in the order of the schema, UTF-8, without white space between elements. */
    public static byte[] encode(KmsResponse response, WireDialect dialect) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Reads a response; the caller closes it.
     *
     * @throws KmsException MALFORMED_REQUEST if it is not one
     */
    public static KmsResponse decode(byte[] octets) {
        throw new UnsupportedOperationException("not yet");
    }
}
