package org.mckms.client.cli.explain;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * Whether the signatures of a document sign what they seem to: the wrapper they stand in or what it wraps, named by an
 * Id that only that element has.
 */
final class SignedParts {
    private static final String RULE = "D.2.2";

    private final ExplanationBuilder out;
    private final Set<String> ids = new HashSet<>();

    SignedParts(ExplanationBuilder out) {
        this.out = out;
    }

    void check(Element root) {
        walk(root);
    }

    private void walk(Element element) {
        if (element.hasAttributeNS(null, "Id") && !ids.add(element.getAttributeNS(null, "Id"))) {
            out.fault(RULE, element.getLocalName() + " has the same Id as an element before it");
        }
        for (Element child : XmlWalk.children(element)) {
            if (isSignature(child)) {
                signature(element, child);
            }
            walk(child);
        }
    }

    private void signature(Element wrapper, Element signature) {
        List<Element> references = XmlWalk.children(signature).stream()
                .flatMap(info -> XmlWalk.children(info).stream())
                .filter(reference -> "Reference".equals(reference.getLocalName()))
                .toList();
        if (references.size() != 1) {
            return; // named by the grammar already
        }
        String uri = references.get(0).getAttributeNS(null, "URI");
        boolean enveloped = hasTransforms(references.get(0));
        Optional<Element> content = XmlWalk.children(wrapper).stream()
                .filter(child -> !isSignature(child))
                .findFirst();
        boolean ofWrapper = names(uri, wrapper);
        boolean ofContent = content.filter(element -> names(uri, element)).isPresent();
        String wrapperName = wrapper.getLocalName();
        if (!ofWrapper && !ofContent) {
            out.fault(
                    RULE,
                    "the signature refers to " + uri + ", which is neither " + wrapperName + " nor what is in it");
        } else if (ofWrapper && !enveloped) {
            out.fault(
                    RULE, "the signature of " + wrapperName + " is inside it and has no enveloped-signature transform");
        } else if (ofContent && enveloped) {
            out.fault(RULE, "the signature has a transform, though it is outside of what it signs");
        }
    }

    private static boolean names(String uri, Element element) {
        return element.hasAttributeNS(null, "Id") && uri.equals("#" + element.getAttributeNS(null, "Id"));
    }

    private static boolean hasTransforms(Element reference) {
        return XmlWalk.children(reference).stream().anyMatch(child -> "Transforms".equals(child.getLocalName()));
    }

    private static boolean isSignature(Element element) {
        return SignatureGrammar.SIGNATURE_NAMESPACE.equals(element.getNamespaceURI())
                && "Signature".equals(element.getLocalName());
    }
}
