package org.mckms.protocol.group;

import static org.mckms.protocol.codec.ElementReader.malformed;

import java.util.Arrays;
import org.mckms.protocol.codec.ElementReader;
import org.mckms.protocol.codec.Lexical;
import org.mckms.protocol.codec.XmlWriter;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.RegroupAcknowledgement.Outcome;
import org.mckms.protocol.xml.XmlLimits;

/** Answers of a partner to the primary of a regroup in our own XML ({@code group.xsd}). */
public final class RegroupAcknowledgementCodec {
    /** The media type. */
    public static final String MEDIA_TYPE = GroupXml.MEDIA_TYPE;

    private static final String ROOT = "RegroupAcknowledgement";
    private static final String OUTCOME = "Outcome";
    private static final String MEMBERS = "Members";
    private static final String ACKNOWLEDGED = "Acknowledged";
    private static final String FAILED = "Failed";
    private static final String REASON = "Reason";

    private RegroupAcknowledgementCodec() {}

    /** The document in UTF-8, canonical and valid under the schema. */
    public static byte[] write(RegroupAcknowledgement acknowledgement) {
        return XmlWriter.document(
                ROOT, GroupXml.NAMESPACE, out -> out.text(RegroupNames.REGROUP_ID, acknowledgement.regroupId())
                        .number(RegroupNames.GENERATION, acknowledgement.generation())
                        .text(RegroupNames.PARTNER_GMS, acknowledgement.partnerGmsUri())
                        .text(OUTCOME, acknowledgement.outcome().name())
                        .number(MEMBERS, acknowledgement.members())
                        .number(ACKNOWLEDGED, acknowledgement.acknowledged())
                        .number(FAILED, acknowledgement.failed())
                        .text(REASON, acknowledgement.reason()));
    }

    /**
     * Reads a document of at most 64 KiB.
     *
     * @throws KmsException MALFORMED_REQUEST or BODY_TOO_LARGE, with one sentence
     */
    public static RegroupAcknowledgement read(byte[] octets) {
        return GroupXml.read(octets, XmlLimits.REQUEST, ROOT, RegroupAcknowledgementCodec::read);
    }

    private static RegroupAcknowledgement read(ElementReader content) {
        return new RegroupAcknowledgement(
                content.trimmed(RegroupNames.REGROUP_ID),
                RegroupNames.generation(content),
                content.trimmed(RegroupNames.PARTNER_GMS),
                outcome(content.trimmed(OUTCOME)),
                number(content, MEMBERS),
                number(content, ACKNOWLEDGED),
                number(content, FAILED),
                content.optionalTrimmed(REASON));
    }

    private static Outcome outcome(String text) {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.name().equals(text))
                .findFirst()
                .orElseThrow(() -> malformed(OUTCOME + " is none of STORED, SETTLED and FAILED"));
    }

    private static int number(ElementReader content, String name) {
        return (int) Lexical.integer(content.trimmed(name), name, 0, Integer.MAX_VALUE);
    }
}
