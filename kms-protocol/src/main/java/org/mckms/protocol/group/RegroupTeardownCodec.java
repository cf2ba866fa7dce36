package org.mckms.protocol.group;

import org.mckms.protocol.codec.XmlWriter;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.xml.XmlLimits;

/** The end of a regroup in our own XML ({@code group.xsd}). */
public final class RegroupTeardownCodec {
    /** The media type. */
    public static final String MEDIA_TYPE = GroupXml.MEDIA_TYPE;

    private static final String ROOT = "RegroupTeardown";

    private RegroupTeardownCodec() {}

    /** The document in UTF-8, canonical and valid under the schema. */
    public static byte[] write(RegroupTeardown teardown) {
        return XmlWriter.document(
                ROOT, GroupXml.NAMESPACE, out -> out.text(RegroupNames.REGROUP_ID, teardown.regroupId())
                        .text(RegroupNames.TEMPORARY_GROUP, teardown.temporaryGroupUri())
                        .text(RegroupNames.PRIMARY_GMS, teardown.primaryGmsUri())
                        .text(RegroupNames.PARTNER_GMS, teardown.partnerGmsUri()));
    }

    /**
     * Reads a document of at most 64 KiB.
     *
     * @throws KmsException MALFORMED_REQUEST or BODY_TOO_LARGE, with one sentence
     */
    public static RegroupTeardown read(byte[] octets) {
        return GroupXml.read(
                octets,
                XmlLimits.REQUEST,
                ROOT,
                content -> new RegroupTeardown(
                        content.trimmed(RegroupNames.REGROUP_ID),
                        content.trimmed(RegroupNames.TEMPORARY_GROUP),
                        content.trimmed(RegroupNames.PRIMARY_GMS),
                        content.trimmed(RegroupNames.PARTNER_GMS)));
    }
}
