package org.mckms.protocol.codec;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.xml.KmsSchema;

/**
 * Writes elements of the KMS interface without white space between them, in UTF-8. Secrets pass as arrays that are
 * wiped, never as strings.
 */
final class XmlWriter {
    private static final String ENCODING = "UTF-8";
    private static final char[] HEX_DIGITS = "0123456789ABCDEF".toCharArray();

    private final WipeableBuffer buffer = new WipeableBuffer();
    private final XMLStreamWriter out;

    private XmlWriter() throws XMLStreamException {
        out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(buffer, ENCODING);
    }

    /** A document with this root; the array is the caller's to wipe. */
    static byte[] document(String root, Consumer<XmlWriter> content) {
        XmlWriter writer = null;
        try {
            writer = new XmlWriter();
            writer.out.writeStartDocument(ENCODING, "1.0");
            writer.out.writeStartElement(XMLConstants.DEFAULT_NS_PREFIX, root, KmsSchema.NAMESPACE);
            writer.out.writeDefaultNamespace(KmsSchema.NAMESPACE);
            writer.out.writeNamespace("xsi", XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI);
            content.accept(writer);
            writer.out.writeEndElement();
            writer.out.writeEndDocument();
            writer.out.close();
            return writer.buffer.take();
        } catch (XMLStreamException e) {
            throw unwritable(e);
        } finally {
            if (writer != null) {
                writer.buffer.wipe();
            }
        }
    }

    XmlWriter attribute(String name, String value) {
        return run(() -> out.writeAttribute(name, value));
    }

    /** An attribute xsi:type with a type of the KMS interface. */
    XmlWriter type(String name) {
        return run(() -> out.writeAttribute("xsi", XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "type", name));
    }

    XmlWriter element(String name, Runnable content) {
        run(() -> out.writeStartElement(XMLConstants.DEFAULT_NS_PREFIX, name, KmsSchema.NAMESPACE));
        content.run();
        return run(out::writeEndElement);
    }

    XmlWriter text(String name, String value) {
        return element(name, () -> run(() -> out.writeCharacters(value)));
    }

    XmlWriter text(String name, Optional<String> value) {
        value.ifPresent(present -> text(name, present));
        return this;
    }

    XmlWriter number(String name, long value) {
        return text(name, Long.toString(value));
    }

    XmlWriter flag(String name, boolean value) {
        return text(name, Boolean.toString(value));
    }

    /** A time in UTC, cut to whole seconds: deployed readers know no fractions. */
    XmlWriter time(String name, Instant value) {
        return text(name, DateTimeFormatter.ISO_INSTANT.format(value.truncatedTo(ChronoUnit.SECONDS)));
    }

    XmlWriter time(String name, Optional<Instant> value) {
        value.ifPresent(present -> time(name, present));
        return this;
    }

    XmlWriter hex(String name, Octets value) {
        return text(name, value.toHex());
    }

    /** A plain key as content of the open element; {@code key} is read, not kept. */
    XmlWriter keyContent(byte[] key) {
        char[] digits = new char[2 * key.length];
        try {
            for (int i = 0; i < key.length; i++) {
                digits[2 * i] = HEX_DIGITS[(key[i] >> 4) & 0xF];
                digits[2 * i + 1] = HEX_DIGITS[key[i] & 0xF];
            }
            return run(() -> out.writeCharacters(digits, 0, digits.length));
        } finally {
            Arrays.fill(digits, '\0');
        }
    }

    private XmlWriter run(Step step) {
        try {
            step.run();
            return this;
        } catch (XMLStreamException e) {
            throw unwritable(e);
        }
    }

    private static IllegalStateException unwritable(XMLStreamException cause) {
        return new IllegalStateException("a document in memory cannot be written", cause);
    }

    private interface Step {
        void run() throws XMLStreamException;
    }
}
