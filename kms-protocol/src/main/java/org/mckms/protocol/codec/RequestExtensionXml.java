package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.CekXml.KEY_ID;
import static org.mckms.protocol.codec.CekXml.NAMESPACE;
import static org.mckms.protocol.codec.CekXml.PEER;
import static org.mckms.protocol.codec.CekXml.REVISION;
import static org.mckms.protocol.codec.CekXml.SESSION;
import static org.mckms.protocol.codec.ElementReader.malformed;

import java.util.ArrayList;
import java.util.List;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekFault;
import org.mckms.protocol.cek.CekOrder;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.cek.RequestExtension;
import org.mckms.protocol.xml.ChildElements;
import org.w3c.dom.Element;

/** What a KmsRequest asks about CEKs: one of the four elements for requests in {@code cek-1.0.xsd}. */
final class RequestExtensionXml {
    private static final String ORDER = "CekOrder";
    private static final String QUERY = "CekQuery";
    private static final String END = "CekEnd";
    private static final String ACKNOWLEDGEMENT = "CekAcknowledgement";
    private static final String ITEM = "Item";
    private static final String FAULT = "Fault";
    private static final String ALL = "All";
    private static final String AFTER = "After";
    private static final String TRUE = "true";

    private RequestExtensionXml() {}

    static void write(XmlWriter out, RequestExtension extension) {
        if (extension instanceof CekOrder order) {
            out.element(ORDER, NAMESPACE, () -> {
                order.session().ifPresent(session -> out.attribute(SESSION, session));
                order.peerUri().ifPresent(uri -> out.attribute(PEER, uri));
            });
        } else if (extension instanceof CekQuery query) {
            out.element(QUERY, NAMESPACE, () -> {
                writeAll(out, query.all());
                query.after().ifPresent(keyId -> out.attribute(AFTER, CekXml.base64(keyId)));
            });
        } else if (extension instanceof CekEnd end) {
            out.element(END, NAMESPACE, () -> {
                writeAll(out, end.all());
                end.session().ifPresent(session -> out.attribute(SESSION, session));
                end.keyIds().forEach(keyId -> out.text(KEY_ID, CekXml.base64(keyId)));
            });
        } else if (extension instanceof CekAcknowledgement acknowledgement) {
            out.element(ACKNOWLEDGEMENT, NAMESPACE, () -> acknowledgement
                    .items()
                    .forEach(item -> out.element(ITEM, () -> write(out, item))));
        }
    }

    private static void writeAll(XmlWriter out, boolean all) {
        if (all) {
            out.attribute(ALL, TRUE);
        }
    }

    private static void write(XmlWriter out, CekAcknowledgement.Item item) {
        out.attribute(KEY_ID, CekXml.base64(item.keyId())).attribute(REVISION, Long.toString(item.revision()));
        item.fault().ifPresent(fault -> out.attribute(FAULT, Integer.toString(fault.number())));
    }

    static RequestExtension read(Element element) {
        return switch (CekXml.rootOf(element, ORDER, QUERY, END, ACKNOWLEDGEMENT)) {
            case ORDER -> order(element);
            case QUERY -> query(element);
            case END -> end(element);
            default -> acknowledgement(element);
        };
    }

    private static CekOrder order(Element element) {
        CekXml.children(element, SESSION, PEER).end();
        return new CekOrder(ElementReader.attribute(element, SESSION), ElementReader.attribute(element, PEER));
    }

    private static CekQuery query(Element element) {
        CekXml.children(element, ALL, AFTER).end();
        return new CekQuery(
                all(element), ElementReader.attribute(element, AFTER).map(CekXml::keyId));
    }

    private static CekEnd end(Element element) {
        ChildElements children = CekXml.children(element, ALL, SESSION);
        List<Octets> keyIds = new ArrayList<>();
        while (children.isNext(NAMESPACE, KEY_ID)) {
            keyIds.add(CekXml.keyId(CekXml.text(children, KEY_ID)));
        }
        children.end();
        return new CekEnd(keyIds, ElementReader.attribute(element, SESSION), all(element));
    }

    private static boolean all(Element element) {
        return ElementReader.attribute(element, ALL)
                .map(text -> Lexical.flag(text, ALL))
                .orElse(false);
    }

    private static CekAcknowledgement acknowledgement(Element element) {
        ChildElements children = CekXml.children(element);
        List<CekAcknowledgement.Item> items = new ArrayList<>();
        while (children.isNext(NAMESPACE, ITEM)) {
            items.add(item(children.take(NAMESPACE, ITEM)));
        }
        children.end();
        return new CekAcknowledgement(items);
    }

    private static CekAcknowledgement.Item item(Element element) {
        CekXml.children(element, KEY_ID, REVISION, FAULT).end();
        return new CekAcknowledgement.Item(
                CekXml.keyId(CekXml.requiredAttribute(element, KEY_ID)),
                CekXml.revision(element),
                ElementReader.attribute(element, FAULT).map(RequestExtensionXml::fault));
    }

    private static CekFault fault(String text) {
        return CekFault.ofNumber(Lexical.integer(text, FAULT, 1, 9999))
                .orElseThrow(() -> malformed(FAULT + " " + text + " is not known"));
    }
}
