package org.mckms.protocol.group;

import static org.mckms.protocol.codec.ElementReader.malformed;

import java.util.List;
import org.mckms.protocol.codec.ElementReader;
import org.mckms.protocol.codec.XmlWriter;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.xml.XmlLimits;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Notifications of a regroup to a partner in our own XML ({@code group.xsd}); their keys are a GKTP document inside, whose
 * namespace says the service.
 */
public final class RegroupNotificationCodec {
    /** The media type. */
    public static final String MEDIA_TYPE = GroupXml.MEDIA_TYPE;

    /** At most 1 MiB. */
    private static final XmlLimits LIMITS = new XmlLimits(1024 * 1024, 16, 4096, 32, 2048, 128);

    private static final String ROOT = "RegroupNotification";
    private static final String CONSTITUENT_GROUP = "ConstituentGroup";
    private static final String KEYS = "Keys";

    private RegroupNotificationCodec() {}

    /** The document in UTF-8, canonical and valid under the schema. */
    public static byte[] write(RegroupNotification notification) {
        return XmlWriter.document(ROOT, GroupXml.NAMESPACE, out -> {
            out.text(RegroupNames.REGROUP_ID, notification.regroupId())
                    .number(RegroupNames.GENERATION, notification.generation())
                    .text(RegroupNames.TEMPORARY_GROUP, notification.temporaryGroupUri())
                    .text(RegroupNames.PRIMARY_GMS, notification.primaryGmsUri())
                    .text(RegroupNames.PARTNER_GMS, notification.partnerGmsUri());
            notification.constituentGroups().forEach(uri -> out.text(CONSTITUENT_GROUP, uri));
            out.element(KEYS, () -> GktpDocumentCodec.write(out, notification.keys()));
        });
    }

    /**
     * Reads a document of at most 1 MiB.
     *
     * @throws KmsException MALFORMED_REQUEST or BODY_TOO_LARGE, with one sentence
     */
    public static RegroupNotification read(byte[] octets) {
        return GroupXml.read(octets, LIMITS, ROOT, RegroupNotificationCodec::read);
    }

    private static RegroupNotification read(ElementReader content) {
        GktpDocument keys = GktpDocumentCodec.read(onlyElement(content.required(KEYS)));
        List<String> groups = content.all(CONSTITUENT_GROUP).stream()
                .map(ElementReader::trimmed)
                .toList();
        return new RegroupNotification(
                content.trimmed(RegroupNames.REGROUP_ID),
                RegroupNames.generation(content),
                content.trimmed(RegroupNames.TEMPORARY_GROUP),
                content.trimmed(RegroupNames.PRIMARY_GMS),
                content.trimmed(RegroupNames.PARTNER_GMS),
                groups,
                keys.service(),
                keys);
    }

    private static Element onlyElement(Element parent) {
        Element only = null;
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                if (only != null) {
                    throw malformed(parent.getLocalName() + " contains more than one element");
                }
                only = element;
            }
        }
        if (only == null) {
            throw malformed(parent.getLocalName() + " is empty");
        }
        return only;
    }
}
