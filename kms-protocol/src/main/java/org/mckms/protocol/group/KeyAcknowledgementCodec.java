package org.mckms.protocol.group;

import static org.mckms.protocol.codec.ElementReader.malformed;

import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.codec.ElementReader;
import org.mckms.protocol.codec.Lexical;
import org.mckms.protocol.codec.XmlWriter;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.xml.XmlLimits;
import org.w3c.dom.Element;

/** Acknowledgements of members in our own XML ({@code group.xsd}). */
public final class KeyAcknowledgementCodec {
    /** The media type. */
    public static final String MEDIA_TYPE = GroupXml.MEDIA_TYPE;

    private static final String ROOT = "KeyAcknowledgement";
    private static final String GROUP = "Group";
    private static final String GENERATION = "Generation";
    private static final String MEMBER = "Member";
    private static final String KEY_ID = "KeyId";
    private static final String FAULT = "Fault";

    private KeyAcknowledgementCodec() {}

    /** The document in UTF-8, canonical and valid under the schema. */
    public static byte[] write(KeyAcknowledgement acknowledgement) {
        return XmlWriter.document(ROOT, GroupXml.NAMESPACE, out -> {
            out.text(GROUP, acknowledgement.groupUri())
                    .number(GENERATION, acknowledgement.generation())
                    .text(MEMBER, acknowledgement.memberUri());
            acknowledgement.keyIds().forEach(keyId -> out.text(KEY_ID, keyId.toString()));
            acknowledgement.fault().ifPresent(fault -> out.number(FAULT, fault.number()));
        });
    }

    /**
     * Reads a document of at most 64 KiB.
     *
     * @throws KmsException MALFORMED_REQUEST or BODY_TOO_LARGE, with one sentence
     */
    public static KeyAcknowledgement read(byte[] octets) {
        return GroupXml.read(octets, XmlLimits.REQUEST, ROOT, KeyAcknowledgementCodec::read);
    }

    private static KeyAcknowledgement read(ElementReader content) {
        return new KeyAcknowledgement(
                content.trimmed(GROUP),
                content.optionalTrimmed(GENERATION)
                        .map(text -> Lexical.integer(text, GENERATION, 0, Long.MAX_VALUE))
                        .orElse(KeyAcknowledgement.GENERATION_UNKNOWN),
                content.trimmed(MEMBER),
                keyIds(content.all(KEY_ID)),
                content.optionalTrimmed(FAULT).map(KeyAcknowledgementCodec::fault));
    }

    private static List<KeyIdentifier> keyIds(List<Element> elements) {
        return elements.stream()
                .map(element -> KeyIdentifier.of(Octets.fromHex(ElementReader.trimmed(element))))
                .toList();
    }

    private static ReceptionFault fault(String text) {
        Optional<ReceptionFault> fault = ReceptionFault.ofNumber((int) Lexical.integer(text, FAULT, 1, 9999));
        return fault.orElseThrow(() -> malformed(FAULT + " " + text + " is not known"));
    }
}
