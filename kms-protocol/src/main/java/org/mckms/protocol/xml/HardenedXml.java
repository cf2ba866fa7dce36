package org.mckms.protocol.xml;

import org.mckms.protocol.error.KmsException;
import org.w3c.dom.Document;

/** The only maker of XML parsers. */
public final class HardenedXml {
    private HardenedXml() {}

    /**
     * Parses a document under {@link XmlLimits#REQUEST}.
     *
     * @throws KmsException MALFORMED_REQUEST or BODY_TOO_LARGE
     */
    public static Document parse(byte[] octets) {
        throw new UnsupportedOperationException("not yet");
    }
}
