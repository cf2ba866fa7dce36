package org.mckms.protocol.xml;

import org.mckms.protocol.error.KmsException;

/** The schema of the KMS interface. */
public final class KmsSchema {
    /** Namespace of the KMS interface (TS 33.180 clause D.3.5). */
    public static final String NAMESPACE = "urn:3gpp:ns:mcsecKMSInterface:1.0";

    private KmsSchema() {}

    /**
     * Checks a document against the schema.
     *
     * @throws KmsException MALFORMED_REQUEST if it is not valid
     */
    public static void validate(byte[] octets) {
        throw new UnsupportedOperationException("not yet");
    }
}
