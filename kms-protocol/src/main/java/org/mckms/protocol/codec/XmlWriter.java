package org.mckms.protocol.codec;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.xml.XMLConstants;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.xml.CanonicalText;
import org.mckms.protocol.xml.WipeableBuffer;

/**
 * Writes documents in UTF-8 that are canonical by construction (Canonical XML 1.0): namespaces declared once and sorted,
 * attributes sorted, no empty-element tags, no white space between elements. So the octets that a digest or a MAC covers
 * are those that are written. Secrets pass as arrays that are wiped, never as strings.
 */
public final class XmlWriter {
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private static final String XSI = "xsi";
    private static final byte[] HEX_DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final WipeableBuffer out = new WipeableBuffer();
    private final WireDialect dialect;
    /** Namespaces in force by attribute name, xmlns or xmlns:prefix. */
    private TreeMap<String, String> inForce = new TreeMap<>();
    /** The start tag whose attributes are still to come. */
    private StartTag open;

    private XmlWriter(WireDialect dialect) {
        this.dialect = dialect;
    }

    /** A start tag; attributes without namespace come before xsi:type. */
    private static final class StartTag {
        private final String name;
        private final Map<String, String> declarations;
        private final Optional<WipeableBuffer.Sink> canonical;
        private final TreeMap<String, String> attributes = new TreeMap<>();
        private Optional<String> type = Optional.empty();
        /** Where the content begins in what was written. */
        private int contentFrom;

        StartTag(String name, Map<String, String> declarations, Optional<WipeableBuffer.Sink> canonical) {
            this.name = name;
            this.declarations = declarations;
            this.canonical = canonical;
        }

        void write(WipeableBuffer target, Map<String, String> namespaces) {
            target.write('<');
            CanonicalText.raw(target, name);
            namespaces.forEach((attribute, uri) -> CanonicalText.attribute(target, attribute, uri));
            attributes.forEach((attribute, value) -> CanonicalText.attribute(target, attribute, value));
            type.ifPresent(value -> CanonicalText.attribute(target, "xsi:type", value));
            target.write('>');
        }
    }

    /**
     * A document; the array is the caller's to wipe.
     *
     * @param prefixes namespaces by prefix; that of the interface is the default and needs none
     */
    static byte[] document(
            String root, WireDialect dialect, Map<String, String> prefixes, Consumer<XmlWriter> content) {
        return document(root, dialect.release().namespace(), prefixes, new XmlWriter(dialect), content);
    }

    /**
     * A document of another interface, with values in the forms of the standard; the array is the caller's to wipe.
     *
     * @param namespace the default namespace
     */
    public static byte[] document(String root, String namespace, Consumer<XmlWriter> content) {
        return document(root, namespace, Map.of(), new XmlWriter(WireDialect.STANDARD), content);
    }

    private static byte[] document(
            String root,
            String namespace,
            Map<String, String> prefixes,
            XmlWriter writer,
            Consumer<XmlWriter> content) {
        try {
            CanonicalText.raw(writer.out, DECLARATION);
            TreeMap<String, String> declarations = new TreeMap<>();
            declarations.put(XMLConstants.XMLNS_ATTRIBUTE, namespace);
            prefixes.forEach((prefix, uri) -> declarations.put(XMLConstants.XMLNS_ATTRIBUTE + ":" + prefix, uri));
            writer.element(new StartTag(root, declarations, Optional.empty()), () -> content.accept(writer));
            return writer.out.take();
        } finally {
            writer.out.wipe();
        }
    }

    /** The prefix of xsi:type for {@link #document}. */
    static Map<String, String> xsi() {
        return Map.of(XSI, XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI);
    }

    WireDialect dialect() {
        return dialect;
    }

    /** An attribute of the element that was opened last. */
    public XmlWriter attribute(String name, String value) {
        open.attributes.put(name, value);
        return this;
    }

    /** An attribute xsi:type, where the dialect has it. */
    XmlWriter type(String name) {
        if (dialect.xsiType()) {
            open.type = Optional.of(name);
        }
        return this;
    }

    /** An element with content. */
    public XmlWriter element(String name, Runnable content) {
        return element(new StartTag(name, Map.of(), Optional.empty()), content);
    }

    /** An element that changes the default namespace for itself and what is in it. */
    public XmlWriter element(String name, String defaultNamespace, Runnable content) {
        Map<String, String> declarations = Map.of(XMLConstants.XMLNS_ATTRIBUTE, defaultNamespace);
        return element(new StartTag(name, declarations, Optional.empty()), content);
    }

    /**
     * An element whose canonical form, taken for itself with the namespaces in force, is also given to {@code canonical}:
     * what a Reference to it digests.
     */
    XmlWriter element(String name, WipeableBuffer.Sink canonical, Runnable content) {
        return element(new StartTag(name, Map.of(), Optional.of(canonical)), content);
    }

    private XmlWriter element(StartTag tag, Runnable content) {
        endStartTag();
        TreeMap<String, String> outside = inForce;
        if (!tag.declarations.isEmpty()) {
            inForce = new TreeMap<>(outside);
            inForce.putAll(tag.declarations);
        }
        open = tag;
        content.run();
        endStartTag();
        CanonicalText.raw(out, "</");
        CanonicalText.raw(out, tag.name);
        out.write('>');
        tag.canonical.ifPresent(sink -> out.lend(tag.contentFrom, sink));
        inForce = outside;
        return this;
    }

    private void endStartTag() {
        if (open == null) {
            return;
        }
        open.write(out, open.declarations);
        open.contentFrom = out.size();
        if (open.canonical.isPresent()) {
            WipeableBuffer apex = new WipeableBuffer();
            open.write(apex, inForce);
            apex.lend(0, open.canonical.get());
        }
        open = null;
    }

    /** An element with text. */
    public XmlWriter text(String name, String value) {
        return element(name, () -> characters(value));
    }

    /** An element with text, if there is any. */
    public XmlWriter text(String name, Optional<String> value) {
        value.ifPresent(present -> text(name, present));
        return this;
    }

    private void characters(String value) {
        endStartTag();
        CanonicalText.text(out, value);
    }

    /** An element with a decimal number. */
    public XmlWriter number(String name, long value) {
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

    /** A time in UTC, cut to milliseconds. */
    XmlWriter preciseTime(String name, Instant value) {
        return text(name, DateTimeFormatter.ISO_INSTANT.format(value.truncatedTo(ChronoUnit.MILLIS)));
    }

    /** An element with public octets in the form of the dialect. */
    XmlWriter publicKey(String name, Octets value) {
        return element(name, () -> key(value.toByteArray()));
    }

    /** A key, or a message that carries one, in the form of the dialect as content of the open element; {@code key} is read, not kept. */
    public void key(byte[] key) {
        wiping(
                switch (dialect.keyForm()) {
                    case HEX -> hex(key);
                    case BASE64 -> Base64.getEncoder().encode(key);
                });
    }

    /** A key in upper-case hex digits, whatever the dialect, as content of the open element; {@code key} is read, not kept. */
    void hexKey(byte[] key) {
        wiping(hex(key));
    }

    private void wiping(byte[] characters) {
        endStartTag();
        out.write(characters, 0, characters.length);
        Arrays.fill(characters, (byte) 0);
    }

    private static byte[] hex(byte[] key) {
        byte[] digits = new byte[2 * key.length];
        for (int i = 0; i < key.length; i++) {
            digits[2 * i] = HEX_DIGITS[key[i] >> 4 & 0xF];
            digits[2 * i + 1] = HEX_DIGITS[key[i] & 0xF];
        }
        return digits;
    }
}
