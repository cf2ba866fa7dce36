package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.TRANSPORT_KEY_REQUIRED;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.XMLConstants;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.security.KeyWrapping;
import org.mckms.protocol.security.NamedKey;
import org.mckms.protocol.security.XmlSignature;
import org.mckms.protocol.xml.ChildElements;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The content of an element that carries a key: plain (KeyContentType) or wrapped under a TrK (EncKeyContentType with one
 * xenc:EncryptedKey; TS 33.180 clause D.3.5).
 */
final class KeyContentXml {
    private static final String XML_ENCRYPTION = "http://www.w3.org/2001/04/xmlenc#";
    private static final String DS = "ds";
    private static final String XENC = "xenc";
    private static final String ENCRYPTED_KEY = "EncryptedKey";

    private KeyContentXml() {}

    /** The prefixes that wrapped keys need. */
    static Map<String, String> prefixes() {
        return Map.of(DS, XmlSignature.NAMESPACE, XENC, XML_ENCRYPTION);
    }

    /** Writes an element with a key in it; {@code key} is read, not kept. */
    static void write(XmlWriter out, String name, byte[] key, Optional<NamedKey> wrapWith) {
        if (wrapWith.isPresent()) {
            writeWrapped(out, name, key, wrapWith.get(), Optional.empty());
        } else {
            out.element(name, () -> out.type("KeyContentType").key(key));
        }
    }

    /** Writes an element with a wrapped key in it. */
    static void writeWrapped(
            XmlWriter out, String name, byte[] key, NamedKey transportKey, Optional<String> carriedKeyName) {
        KeyWrapping.Wrapped wrapped =
                KeyWrapping.wrap(transportKey, key, out.dialect().wrapProfile());
        out.element(
                name,
                () -> writeEncryptedKey(out.type("EncKeyContentType"), wrapped, transportKey.name(), carriedKeyName));
    }

    /** Writes an xenc:EncryptedKey. */
    static void writeEncryptedKey(
            XmlWriter out, KeyWrapping.Wrapped wrapped, String transportKeyName, Optional<String> carriedKeyName) {
        out.element(XENC + ":" + ENCRYPTED_KEY, () -> {
            out.element(XENC + ":EncryptionMethod", () -> out.attribute("Algorithm", wrapped.algorithm()));
            out.element(DS + ":KeyInfo", () -> out.text(DS + ":KeyName", transportKeyName));
            out.element(XENC + ":CipherData", () -> out.text(XENC + ":CipherValue", wrapped.cipherValue()));
            out.text(XENC + ":CarriedKeyName", carriedKeyName);
        });
    }

    /** The wrapped key in an element, if it holds one; its xsi:type may be missing, what stands inside tells. */
    static Optional<Element> wrapped(Element key) {
        for (Node child = key.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && ChildElements.is(element, XML_ENCRYPTION, ENCRYPTED_KEY)) {
                ChildElements only = new ChildElements(key, MALFORMED_REQUEST);
                only.take(XML_ENCRYPTION, ENCRYPTED_KEY);
                only.end();
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    /** The wrapped key that stands next among some children, if it does. */
    static Optional<Element> takeEncryptedKey(ChildElements children) {
        return children.isNext(XML_ENCRYPTION, ENCRYPTED_KEY)
                ? Optional.of(children.take(XML_ENCRYPTION, ENCRYPTED_KEY))
                : Optional.empty();
    }

    /** The text of a plain key. */
    static String plainText(Element key) {
        String type = key.getAttributeNS(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "type");
        if (!type.isEmpty() && !Lexical.trimmed(type).matches("(?:[^:]+:)?KeyContentType")) {
            throw malformed(key.getLocalName() + " is of an unknown type or has no wrapped key");
        }
        return ElementReader.trimmed(key);
    }

    /** An xenc:EncryptedKey as read. */
    record EncryptedKey(String keyName, Octets wrapped, Optional<String> carriedKeyName) {
        /** The TrK named. */
        NamedKey transportKey(ReceivingKeys keys) {
            return keys.transportKey(keyName)
                    .orElseThrow(() -> new KmsException(
                            TRANSPORT_KEY_REQUIRED,
                            "a key is wrapped under the transport key " + keyName + ", which is not here"));
        }

        <T> T unwrap(ReceivingKeys keys, Function<byte[], T> action) {
            return KeyWrapping.unwrap(transportKey(keys), wrapped.toByteArray(), action);
        }
    }

    static EncryptedKey readWrapped(Element encryptedKey) {
        ChildElements in = new ChildElements(encryptedKey, MALFORMED_REQUEST);
        Element method = in.take(XML_ENCRYPTION, "EncryptionMethod");
        if (!KeyWrapping.ALGORITHMS.contains(method.getAttributeNS(null, "Algorithm"))) {
            throw malformed("a key is wrapped by another algorithm than AES-256 key wrap");
        }
        ChildElements keyInfo = new ChildElements(in.take(XmlSignature.NAMESPACE, "KeyInfo"), MALFORMED_REQUEST);
        Element keyName = keyInfo.take(XmlSignature.NAMESPACE, "KeyName");
        keyInfo.end();
        ChildElements data = new ChildElements(in.take(XML_ENCRYPTION, "CipherData"), MALFORMED_REQUEST);
        Element cipherValue = data.take(XML_ENCRYPTION, "CipherValue");
        data.end();
        Optional<String> carriedKeyName = in.isNext(XML_ENCRYPTION, "CarriedKeyName")
                ? Optional.of(ElementReader.trimmed(in.take(XML_ENCRYPTION, "CarriedKeyName")))
                : Optional.empty();
        in.end();
        return new EncryptedKey(
                ElementReader.trimmed(keyName),
                KeyText.read(ElementReader.text(cipherValue), "CipherValue", Octets::copyOf),
                carriedKeyName);
    }
}
