package org.mckms.protocol.group;

import static org.mckms.protocol.codec.ElementReader.malformed;

import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.codec.ElementReader;
import org.mckms.protocol.codec.KeyText;
import org.mckms.protocol.codec.XmlWriter;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.xml.HardenedXml;
import org.mckms.protocol.xml.XmlLimits;
import org.w3c.dom.Element;

/**
 * GKTP documents (TS 24.481). Messages are written as the schema says, in hex; base64 is read too. Elements of other
 * namespaces, anyExt, and attributes that are not known are passed over.
 */
public final class GktpDocumentCodec {
    /** The media type: none is registered for GKTP documents. */
    public static final String MEDIA_TYPE = GroupXml.MEDIA_TYPE;

    /** At most 4 MiB: {@link GktpDocument#MAX_TRANSPORTS} messages of usual length fit, in hex. */
    private static final XmlLimits LIMITS = new XmlLimits(4 * 1024 * 1024, 16, 8192, 32, 2048, 128);

    private static final String ROOT = "GKTPs";
    private static final String GMK = "GMK-GKTPs";
    private static final String MKFC = "MKFC-GKTPs";
    private static final String GKTP = "GKTP";
    private static final String ID = "id";
    private static final String REGROUPED = "on-network-regrouped-GKTPs";
    private static final String TEMPORARY_GROUP = "temporary-MCPTT-group-ID";
    private static final String EXTENSION = "anyExt";

    private GktpDocumentCodec() {}

    /** The document in UTF-8, canonical and valid under the schema. */
    public static byte[] write(GktpDocument document) {
        return XmlWriter.document(ROOT, document.service().gktpNamespace(), out -> lists(out, document));
    }

    /** Writes the document as content of an element of another namespace. */
    static void write(XmlWriter out, GktpDocument document) {
        out.element(ROOT, document.service().gktpNamespace(), () -> lists(out, document));
    }

    private static void lists(XmlWriter out, GktpDocument document) {
        document.gmk().ifPresent(transports -> out.element(GMK, () -> list(out, transports)));
        document.mkfc().ifPresent(transports -> out.element(MKFC, () -> list(out, transports)));
    }

    private static void list(XmlWriter out, KeyTransports transports) {
        transports.direct().forEach(gktp -> write(out, gktp));
        transports
                .regrouped()
                .forEach(group -> out.element(REGROUPED, () -> {
                    out.attribute(TEMPORARY_GROUP, group.temporaryGroupUri());
                    group.transports().forEach(gktp -> write(out, gktp));
                }));
    }

    private static void write(XmlWriter out, Gktp gktp) {
        out.element(GKTP, () -> out.attribute(ID, gktp.id()).key(gktp.message().toByteArray()));
    }

    /**
     * Reads a document of either service.
     *
     * @throws KmsException MALFORMED_REQUEST or BODY_TOO_LARGE, with one sentence
     */
    public static GktpDocument read(byte[] octets) {
        Element root = HardenedXml.parse(octets, LIMITS).getDocumentElement();
        return GroupXml.checked(() -> read(root));
    }

    /** Reads a document that is an element of another; limits of the values are not mapped here. */
    static GktpDocument read(Element root) {
        McService service = Optional.ofNullable(root.getNamespaceURI())
                .filter(namespace -> ROOT.equals(root.getLocalName()))
                .flatMap(McService::ofGktpNamespace)
                .orElseThrow(() -> malformed("there is no element GKTPs of a namespace that is known"));
        ElementReader lists = ElementReader.of(root);
        GktpDocument document = new GktpDocument(
                service,
                lists.optional(GMK).map(GktpDocumentCodec::readList),
                lists.optional(MKFC).map(GktpDocumentCodec::readList));
        passExtensions(lists);
        return document;
    }

    private static KeyTransports readList(Element list) {
        ElementReader payloads = ElementReader.of(list);
        KeyTransports transports = new KeyTransports(
                readPayloads(payloads),
                payloads.all(REGROUPED).stream()
                        .map(GktpDocumentCodec::readRegrouped)
                        .toList());
        passExtensions(payloads);
        return transports;
    }

    private static RegroupedTransports readRegrouped(Element list) {
        ElementReader payloads = ElementReader.of(list);
        RegroupedTransports regrouped =
                new RegroupedTransports(attribute(list, TEMPORARY_GROUP), readPayloads(payloads));
        passExtensions(payloads);
        return regrouped;
    }

    private static List<Gktp> readPayloads(ElementReader list) {
        return list.all(GKTP).stream().map(GktpDocumentCodec::readPayload).toList();
    }

    private static Gktp readPayload(Element gktp) {
        return KeyText.read(
                ElementReader.text(gktp), GKTP, message -> new Gktp(attribute(gktp, ID), Octets.copyOf(message)));
    }

    private static String attribute(Element element, String name) {
        return ElementReader.attribute(element, name)
                .orElseThrow(() -> malformed(element.getLocalName() + " has no " + name));
    }

    private static void passExtensions(ElementReader element) {
        element.optional(EXTENSION);
        element.finish();
    }
}
