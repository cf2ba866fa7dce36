package org.mckms.protocol.group;

import static org.mckms.protocol.codec.ElementReader.malformed;

import java.util.List;
import org.mckms.protocol.codec.ElementReader;
import org.mckms.protocol.codec.XmlWriter;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.xml.ChildElements;
import org.mckms.protocol.xml.HardenedXml;
import org.mckms.protocol.xml.XmlLimits;
import org.w3c.dom.Element;

/**
 * Group documents (TS 24.481 clause 7.2, the form of OMA's shared groups): the list-service with its URI, its display name and
 * the entries of its list. Of what others write the first list-service counts; what else it says is passed over.
 */
public final class GroupDocumentCodec {
    /** The media type (IANA). */
    public static final String MEDIA_TYPE = "application/vnd.oma.poc.groups+xml";

    /** Namespace of group documents. */
    public static final String NAMESPACE = "urn:oma:xml:poc:list-service";

    /** At most 4 MiB, and room for {@link GroupDocument#MAX_MEMBERS} entries with some elements each. */
    private static final XmlLimits LIMITS = new XmlLimits(4 * 1024 * 1024, 32, 200_000, 32, 2048, 128);

    private static final String ROOT = "group";
    private static final String LIST_SERVICE = "list-service";
    private static final String DISPLAY_NAME = "display-name";
    private static final String LIST = "list";
    private static final String ENTRY = "entry";
    private static final String URI = "uri";

    private GroupDocumentCodec() {}

    /** The document in UTF-8, canonical. */
    public static byte[] write(GroupDocument group) {
        return XmlWriter.document(
                ROOT,
                NAMESPACE,
                out -> out.element(LIST_SERVICE, () -> {
                    out.attribute(URI, group.groupUri()).text(DISPLAY_NAME, group.displayName());
                    out.element(LIST, () -> group.memberUris()
                            .forEach(uri -> out.element(ENTRY, () -> out.attribute(URI, uri))));
                }));
    }

    /**
     * Reads a document.
     *
     * @throws KmsException MALFORMED_REQUEST or BODY_TOO_LARGE, with one sentence
     */
    public static GroupDocument read(byte[] octets) {
        Element root = HardenedXml.parse(octets, LIMITS).getDocumentElement();
        if (!ChildElements.is(root, NAMESPACE, ROOT)) {
            throw malformed("the root element is not a group of " + NAMESPACE);
        }
        Element service = ElementReader.of(root).all(LIST_SERVICE).stream()
                .findFirst()
                .orElseThrow(() -> malformed("group has no list-service"));
        ElementReader content = ElementReader.of(service);
        return GroupXml.checked(() -> new GroupDocument(
                uri(service),
                content.optionalTrimmed(DISPLAY_NAME),
                content.optional(LIST).map(GroupDocumentCodec::members).orElse(List.of())));
    }

    private static List<String> members(Element list) {
        return ElementReader.of(list).all(ENTRY).stream()
                .map(GroupDocumentCodec::uri)
                .toList();
    }

    private static String uri(Element element) {
        return ElementReader.attribute(element, URI)
                .orElseThrow(() -> malformed(element.getLocalName() + " has no " + URI));
    }
}
