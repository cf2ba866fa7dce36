package org.mckms.client.cli.explain;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mckms.client.cli.explain.Grammar.ElementRule;
import org.mckms.client.cli.explain.Grammar.Fields;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.xml.CanonicalXml;
import org.mckms.protocol.xpk.BodySignatures;
import org.mckms.protocol.xpk.UriEncryption;
import org.mckms.protocol.xpk.XpkDeviation;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/** Explains what is protected under a CSK or SPK in SIP: signatures of bodies, encrypted contents and URIs; nothing is opened. */
final class XpkExplainer {
    private static final String SIGNATURES = "TS 24.379 F.6";
    private static final String CONTENTS = "9.3.4.2";
    private static final String URIS = "TS 23.003 26.2";
    private static final Set<XpkDeviation> READ = EnumSet.allOf(XpkDeviation.class);

    private final ExplanationBuilder out = new ExplanationBuilder();

    private XpkExplainer() {}

    /** Whether a document has something in it that this explains. */
    static boolean explains(Element root) {
        return isSignatures(root) || isProtected(root);
    }

    static Explanation explain(Element root) {
        XpkExplainer explainer = new XpkExplainer();
        if (isSignatures(root)) {
            return explainer.signatures(root);
        }
        explainer.protectedParts(root, root.getLocalName());
        return explainer.out.build(DocumentKind.PROTECTED_XML);
    }

    /** Explains a URI that stands alone. */
    static Explanation explain(String uri) {
        XpkExplainer explainer = new XpkExplainer();
        explainer.uri("URI", uri);
        return explainer.out.build(DocumentKind.ENCRYPTED_URI);
    }

    private static boolean isSignatures(Element root) {
        return root.getLocalName().equals(BodySignatures.ROOT)
                && BodySignatures.NAMESPACE.equals(root.getNamespaceURI());
    }

    private static boolean isProtected(Element element) {
        return isEncryptedData(element)
                || isEncryptedValue(element)
                || hasEncryptedAttribute(element)
                || XmlWalk.children(element).stream().anyMatch(XpkExplainer::isProtected);
    }

    private static boolean isEncryptedData(Element element) {
        return SignatureGrammar.ENCRYPTION_NAMESPACE.equals(element.getNamespaceURI())
                && element.getLocalName().equals("EncryptedData");
    }

    private static boolean isEncryptedValue(Element element) {
        return XmlWalk.children(element).isEmpty()
                && UriEncryption.isEncrypted(element.getTextContent().strip());
    }

    private static boolean hasEncryptedAttribute(Element element) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            if (!CanonicalXml.isDeclaration(attribute) && UriEncryption.isEncrypted(attribute.getValue())) {
                return true;
            }
        }
        return false;
    }

    private Explanation signatures(Element root) {
        ElementRule rule = new ElementRule(
                BodySignatures.NAMESPACE,
                BodySignatures.ROOT,
                1,
                1,
                SIGNATURES,
                "one for each body that is protected",
                new Fields(List.of(), List.of(SignatureGrammar.hmacOfBody().repeated()), Set.of(), false));
        new XmlWalk(out, BodySignatures.NAMESPACE).root(root, rule);
        if (XmlWalk.children(root).isEmpty()) {
            out.fault(SIGNATURES, "there is no signature");
        }
        return out.build(DocumentKind.BODY_SIGNATURES);
    }

    private void protectedParts(Element element, String name) {
        if (isEncryptedData(element)) {
            new XmlWalk(out, "").root(element, SignatureGrammar.encryptedContent());
            return;
        }
        if (isEncryptedValue(element)) {
            uri(name, element.getTextContent().strip());
            return;
        }
        if (!isProtected(element)) {
            return;
        }
        boolean holds = XmlWalk.children(element).stream().anyMatch(XpkExplainer::isEncryptedData);
        out.enter(holds ? CONTENTS : "", name, "", holds ? "its content is encrypted" : "");
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            if (!CanonicalXml.isDeclaration(attribute) && UriEncryption.isEncrypted(attribute.getValue())) {
                uri("@" + attribute.getName(), attribute.getValue());
            }
        }
        if (holds && XmlWalk.children(element).size() > 1) {
            out.fault(CONTENTS, "other elements stand beside the encrypted content");
        }
        Map<String, Integer> counts = new HashMap<>();
        for (Element child : XmlWalk.children(element)) {
            int count = counts.merge(child.getLocalName(), 1, Integer::sum);
            protectedParts(child, count > 1 ? child.getLocalName() + "[" + count + "]" : child.getLocalName());
        }
        out.leave();
    }

    private void uri(String name, String uri) {
        try {
            UriEncryption.Parts parts = UriEncryption.parts(uri, READ);
            Reading key = KeyValues.XPK_ID.read(parts.keyName());
            String note = "encrypted " + key.note() + "; IV of " + parts.ivOctets() + " octets, " + parts.cipherOctets()
                    + " with the tag" + variant(uri);
            out.field(URIS, name, new Reading(uri, note, key.fault().or(() -> lengths(parts))));
        } catch (KmsException e) {
            out.field(URIS, name, Reading.wrong(uri, e.getMessage()));
        }
    }

    private static Optional<String> lengths(UriEncryption.Parts parts) {
        return parts.ivOctets() == KeyValues.IV_OCTETS && parts.cipherOctets() > KeyValues.TAG_OCTETS
                ? Optional.empty()
                : Optional.of("does not have an IV of 12 octets, and something before a tag of 16");
    }

    private static String variant(String uri) {
        try {
            UriEncryption.parts(uri, Set.of());
            return "";
        } catch (KmsException e) {
            return "; variant: " + e.getMessage();
        }
    }
}
