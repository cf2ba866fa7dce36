package org.mckms.protocol;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.security.NoSuchProviderException;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.mckms.protocol.security.NamedKey;
import org.mckms.protocol.security.XmlSignature;
import org.mckms.protocol.xml.HardenedXml;
import org.mckms.protocol.xml.XmlLimits;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The XML Signature of the JDK, an implementation other than ours. */
public final class JdkSignature {
    public static final XMLSignatureFactory FACTORY = factory();

    private JdkSignature() {}

    /**
     * What the JDK makes of the first signature of a document.
     *
     * @param valid whether it holds under the key
     * @param referenced the canonical octets of what the first Reference names
     * @param signedInfo SignedInfo in canonical form
     */
    public record Outcome(boolean valid, byte[] referenced, byte[] signedInfo) {}

    /** Validates the first signature of a document; every attribute Id counts as one. */
    public static Outcome validate(byte[] octets, NamedKey key) throws Exception {
        Document document = HardenedXml.parse(octets, XmlLimits.RESPONSE);
        NodeList found = document.getElementsByTagNameNS(XmlSignature.NAMESPACE, "Signature");
        DOMValidateContext context = new DOMValidateContext(secret(key), found.item(found.getLength() - 1));
        context.setProperty("javax.xml.crypto.dsig.cacheReference", Boolean.TRUE);
        registerIds(document.getDocumentElement(), context);
        XMLSignature signature = FACTORY.unmarshalXMLSignature(context);
        boolean valid = signature.validate(context);
        Reference reference = signature.getSignedInfo().getReferences().get(0);
        reference.validate(context);
        try (InputStream referenced = reference.getDigestInputStream();
                InputStream signedInfo = signature.getSignedInfo().getCanonicalizedData()) {
            return new Outcome(valid, referenced.readAllBytes(), signedInfo == null ? null : signedInfo.readAllBytes());
        }
    }

    private static void registerIds(Element element, DOMValidateContext context) {
        if (element.hasAttributeNS(null, "Id")) {
            context.setIdAttributeNS(element, null, "Id");
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                registerIds(inner, context);
            }
        }
    }

    /** Gives a document a signature, as the last child of its root. */
    public static byte[] sign(byte[] octets, NamedKey key, XMLSignature signature) throws Exception {
        Document document = HardenedXml.parse(octets, XmlLimits.RESPONSE);
        Element root = document.getDocumentElement();
        DOMSignContext context = new DOMSignContext(secret(key), root);
        for (Element element : List.of(root, (Element) root.getFirstChild())) {
            if (element.hasAttributeNS(null, "Id")) {
                context.setIdAttributeNS(element, null, "Id");
            }
        }
        context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.FALSE);
        signature.sign(context);
        return serialized(document);
    }

    /** The document as text, with everything where it stands. */
    public static byte[] serialized(Document document) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TransformerFactory.newDefaultInstance()
                .newTransformer()
                .transform(new DOMSource(document), new StreamResult(out));
        return out.toByteArray();
    }

    private static SecretKeySpec secret(NamedKey key) {
        return key.key().use(octets -> new SecretKeySpec(octets, "HmacSHA256"));
    }

    private static XMLSignatureFactory factory() {
        try {
            return XMLSignatureFactory.getInstance("DOM", "XMLDSig");
        } catch (NoSuchProviderException e) {
            throw new IllegalStateException(e);
        }
    }
}
