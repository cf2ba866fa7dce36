package org.mckms.protocol.xml;

import java.util.Set;
import org.mckms.protocol.error.KmsException;

/**
 * The schema of the KMS interface (TS 33.180 clause D.3.5 with its security extension), written from the tables of annex
 * D, with our extension by content encryption keys. Everything that is sent is valid under it; what is received need not be, since deployed peers are not that strict.
 */
public final class KmsSchema {
    /** Namespace of the KMS interface. */
    public static final String NAMESPACE = "urn:3gpp:ns:mcsecKMSInterface:1.0";

    /** Namespace of our extension by content encryption keys. */
    public static final String CEK_NAMESPACE = "urn:mckms:cek:1.0";

    private KmsSchema() {}

    /**
     * Checks a document of at most {@link XmlLimits#RESPONSE} against the schema.
     *
     * @throws KmsException MALFORMED_REQUEST if it is not valid, naming the first rule broken; also as {@link
     *     HardenedXml#parse(byte[], XmlLimits)}
     */
    public static void validate(byte[] octets) {
        Loaded.SCHEMA.validate(octets);
    }

    /** Loads the schema when it is first needed. */
    private static final class Loaded {
        static final BundledSchema SCHEMA = new BundledSchema(
                "kms-interface.xsd", Set.of("xmldsig.xsd", "xmlenc.xsd", "kms-redirect-response.xsd", "cek-1.0.xsd"));
    }
}
