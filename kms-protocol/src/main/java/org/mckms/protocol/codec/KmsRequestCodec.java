package org.mckms.protocol.codec;

import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsRequest;

/** Writes and reads the body of a request (KmsRequest, TS 33.180 clause D.2.2). */
public final class KmsRequestCodec {
    private KmsRequestCodec() {}

    /** Writes a request in the order of the schema, UTF-8, without white space between elements. */
    public static byte[] encode(KmsRequest request) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Reads a request.
     *
     * @throws KmsException MALFORMED_REQUEST if it is not one
     */
    public static KmsRequest decode(byte[] octets) {
        throw new UnsupportedOperationException("not yet");
    }
}
