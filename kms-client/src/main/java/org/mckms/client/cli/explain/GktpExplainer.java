package org.mckms.client.cli.explain;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.GktpDocumentCodec;
import org.mckms.protocol.group.McService;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/** Explains a GKTP document and the message in each of its payloads. */
final class GktpExplainer {
    static final String ROOT = "GKTPs";

    private static final String CLAUSE = "TS 24.481";
    private static final String PAYLOAD = "GKTP";
    private static final String REGROUPED = "on-network-regrouped-GKTPs";
    private static final String EXTENSION = "anyExt";

    /** What may stand in each element; payloads hold a value. */
    private static final Map<String, Set<String>> CHILDREN = Map.of(
            ROOT,
            Set.of("GMK-GKTPs", "MKFC-GKTPs", EXTENSION),
            "GMK-GKTPs",
            Set.of(PAYLOAD, REGROUPED, EXTENSION),
            "MKFC-GKTPs",
            Set.of(PAYLOAD, REGROUPED, EXTENSION),
            REGROUPED,
            Set.of(PAYLOAD, EXTENSION));

    private static final Map<String, String> MEANINGS = Map.of(
            "GMK-GKTPs",
            "group master keys",
            "MKFC-GKTPs",
            "multicast floor control keys",
            REGROUPED,
            "keys of a temporary group",
            EXTENSION,
            "extension, passed over");

    private final ExplanationBuilder out = new ExplanationBuilder();

    private GktpExplainer() {}

    /** @param octets the whole document, of which {@code root} is the root element */
    static Explanation explain(byte[] octets, Element root) {
        return new GktpExplainer().explanation(octets, root);
    }

    private Explanation explanation(byte[] octets, Element root) {
        Optional<McService> service =
                Optional.ofNullable(root.getNamespaceURI()).flatMap(McService::ofGktpNamespace);
        out.enter(CLAUSE, ROOT, "", service.map(known -> "of " + known).orElse(""));
        if (service.isEmpty()) {
            out.fault(CLAUSE, "the namespace is that of no service: " + root.getNamespaceURI());
        } else {
            children(root);
        }
        out.leave();
        Explanation explanation = out.build(DocumentKind.GKTPS);
        return explanation.firstFault().isPresent() ? explanation : asRead(octets, explanation);
    }

    /** With what only the reader of a client finds, such as limits. */
    private static Explanation asRead(byte[] octets, Explanation explanation) {
        try {
            GktpDocumentCodec.read(octets);
            return explanation;
        } catch (KmsException e) {
            return explanation.with(new Explanation.Fault(ROOT, CLAUSE, e.getMessage()));
        }
    }

    private void children(Element parent) {
        Set<String> allowed = CHILDREN.get(parent.getLocalName());
        Map<String, Integer> counts = new HashMap<>();
        for (Element child : XmlWalk.children(parent)) {
            String name = child.getLocalName();
            boolean own = parent.getNamespaceURI().equals(child.getNamespaceURI());
            int count = counts.merge(name, 1, Integer::sum);
            String numbered = count > 1 ? name + "[" + count + "]" : name;
            if (own && allowed.contains(name)) {
                element(child, numbered);
            } else {
                out.enter(CLAUSE, numbered, "", own ? "" : "of another namespace, passed over");
                if (own) {
                    out.fault(CLAUSE, "this element has no place here");
                }
                out.leave();
            }
        }
    }

    private void element(Element element, String name) {
        if (element.getLocalName().equals(PAYLOAD)) {
            payload(element, name);
            return;
        }
        out.enter(CLAUSE, name, "", MEANINGS.get(element.getLocalName()));
        attributes(element);
        if (CHILDREN.containsKey(element.getLocalName())) {
            children(element);
        }
        out.leave();
    }

    private void payload(Element payload, String name) {
        Optional<byte[]> message = MikeyText.decoded(payload.getTextContent().getBytes(StandardCharsets.UTF_8));
        out.enter(
                CLAUSE,
                name,
                "",
                message.map(octets -> octets.length + " octets").orElse(""));
        attributes(payload);
        message.ifPresentOrElse(
                octets -> out.nest(CLAUSE, "message", MikeyExplainer.explain(octets)),
                () -> out.fault(CLAUSE, "is neither hex nor base64 of a message"));
        out.leave();
    }

    private void attributes(Element element) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            if (attribute.getNamespaceURI() == null) {
                out.field(CLAUSE, "@" + attribute.getName(), attribute.getValue(), meaning(attribute.getName()));
            }
        }
    }

    private static String meaning(String attribute) {
        return switch (attribute) {
            case "id" -> "member that the message is for";
            case "temporary-MCPTT-group-ID" -> "the temporary group";
            default -> "not defined here, passed over";
        };
    }
}
