package org.mckms.client.cli.explain;

import java.util.Locale;
import java.util.Optional;
import org.mckms.client.cli.explain.Grammar.ElementRule;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.xml.HardenedXml;
import org.mckms.protocol.xml.XmlLimits;
import org.w3c.dom.Element;

/** Explains the XML documents of annex D, those that carry group keys, and those protected under a CSK. */
final class XmlExplainer {
    private static final String TRANSPORT = "D.2.1";

    private final KmsGrammar grammar;

    XmlExplainer(boolean showSecrets) {
        this.grammar = new KmsGrammar(showSecrets);
    }

    Explanation explain(byte[] octets) {
        ExplanationBuilder out = new ExplanationBuilder();
        Element root;
        try {
            root = HardenedXml.parse(octets, XmlLimits.RESPONSE).getDocumentElement();
        } catch (KmsException e) {
            out.fault(TRANSPORT, e.getMessage());
            return out.build(DocumentKind.UNKNOWN);
        }
        if (root.getLocalName().equals(GktpExplainer.ROOT)) {
            return GktpExplainer.explain(octets, root);
        }
        if (!grammar.roots().containsKey(root.getLocalName()) && XpkExplainer.explains(root)) {
            return XpkExplainer.explain(root);
        }
        Optional<ElementRule> rule = Optional.ofNullable(grammar.roots().get(root.getLocalName()));
        if (rule.isEmpty()) {
            out.fault(TRANSPORT, "the root element is " + root.getLocalName() + ", no document of the KMS interface");
            return out.build(DocumentKind.UNKNOWN);
        }
        String namespace = Optional.ofNullable(root.getNamespaceURI()).orElse("");
        if (namespace.isEmpty()) {
            out.fault(rule.get().clause(), "the root element " + root.getLocalName() + " has no namespace");
            return out.build(DocumentKind.UNKNOWN);
        }
        new XmlWalk(out, namespace).root(root, rule.get());
        new SignedParts(out).check(root);
        return out.build(kindOf(root));
    }

    private static DocumentKind kindOf(Element root) {
        return DocumentKind.valueOf(
                root.getLocalName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }
}
