package org.mckms.protocol.xml;

import java.util.Set;
import org.mckms.protocol.error.KmsException;

/**
 * The schema of GKTP documents (TS 24.481, Rel-17) and of our own messages about groups. Everything that is sent is valid
 * under it; what is received need not be.
 */
public final class GroupSchema {
    private GroupSchema() {}

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
        static final BundledSchema SCHEMA =
                new BundledSchema("group.xsd", Set.of("gktp-mcptt.xsd", "gktp-mcvideo.xsd", "gktp-types.xsd"));
    }
}
