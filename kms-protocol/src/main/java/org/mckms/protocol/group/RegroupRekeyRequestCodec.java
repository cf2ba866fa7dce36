package org.mckms.protocol.group;

import org.mckms.protocol.codec.XmlWriter;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.xml.XmlLimits;

/** The wish of a partner for new keys of a temporary group in our own XML ({@code group.xsd}). */
public final class RegroupRekeyRequestCodec {
    /** The media type. */
    public static final String MEDIA_TYPE = GroupXml.MEDIA_TYPE;

    private static final String ROOT = "RegroupRekeyRequest";

    private RegroupRekeyRequestCodec() {}

    /** The document in UTF-8, canonical and valid under the schema. */
    public static byte[] write(RegroupRekeyRequest request) {
        return XmlWriter.document(
                ROOT, GroupXml.NAMESPACE, out -> out.text(RegroupNames.REGROUP_ID, request.regroupId())
                        .number(RegroupNames.GENERATION, request.generation())
                        .text(RegroupNames.TEMPORARY_GROUP, request.temporaryGroupUri())
                        .text(RegroupNames.PRIMARY_GMS, request.primaryGmsUri())
                        .text(RegroupNames.PARTNER_GMS, request.partnerGmsUri()));
    }

    /**
     * Reads a document of at most 64 KiB.
     *
     * @throws KmsException MALFORMED_REQUEST or BODY_TOO_LARGE, with one sentence
     */
    public static RegroupRekeyRequest read(byte[] octets) {
        return GroupXml.read(
                octets,
                XmlLimits.REQUEST,
                ROOT,
                content -> new RegroupRekeyRequest(
                        content.trimmed(RegroupNames.REGROUP_ID),
                        RegroupNames.generation(content),
                        content.trimmed(RegroupNames.TEMPORARY_GROUP),
                        content.trimmed(RegroupNames.PRIMARY_GMS),
                        content.trimmed(RegroupNames.PARTNER_GMS)));
    }
}
