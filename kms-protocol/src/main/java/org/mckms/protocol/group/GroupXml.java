package org.mckms.protocol.group;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.util.function.Function;
import java.util.function.Supplier;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.codec.ElementReader;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.xml.ChildElements;
import org.mckms.protocol.xml.HardenedXml;
import org.mckms.protocol.xml.XmlLimits;
import org.w3c.dom.Element;

/** What the documents of our own namespace have in common. */
final class GroupXml {
    /** Namespace of acknowledgements and of the messages of a regroup. */
    static final String NAMESPACE = "urn:mckms:group:1.0";

    /** Media type of all documents that have none of their own. */
    static final String MEDIA_TYPE = "application/xml";

    private GroupXml() {}

    /** Reads a document with this root element, all of which must be understood but elements of other namespaces. */
    static <T> T read(byte[] octets, XmlLimits limits, String root, Function<ElementReader, T> content) {
        Element element = HardenedXml.parse(octets, limits).getDocumentElement();
        if (!ChildElements.is(element, NAMESPACE, root)) {
            throw ElementReader.malformed("the root element is not a " + root + " of " + NAMESPACE);
        }
        return checked(() -> {
            ElementReader reader = ElementReader.of(element);
            T read = content.apply(reader);
            reader.finish();
            return read;
        });
    }

    /** What a document says may still be outside the limits of its type. */
    static <T> T checked(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (MikeySakkeException e) {
            throw new KmsException(MALFORMED_REQUEST, e.getMessage(), e);
        }
    }
}
