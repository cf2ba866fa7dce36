package org.mckms.client.cli.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import org.mckms.client.cli.explain.Grammar.Anything;
import org.mckms.client.cli.explain.Grammar.AttributeRule;
import org.mckms.client.cli.explain.Grammar.ElementRule;
import org.mckms.client.cli.explain.Grammar.Fields;
import org.mckms.client.cli.explain.Grammar.KeyContent;
import org.mckms.client.cli.explain.Grammar.Text;
import org.mckms.protocol.xml.KmsSchema;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** Goes through a document beside its grammar and notes each field and each difference. */
final class XmlWalk {
    private static final String WHITE_SPACE = " \t\r\n";
    private static final String REL13_VARIANT = "variant: namespace of a TS 33.179 (Rel-13) peer";

    private final ExplanationBuilder out;
    /** The namespace that the document uses for that of the KMS interface. */
    private final String kmsNamespace;

    /** @param kmsNamespace that of the root element, which Rel-13 vendors chose for themselves */
    XmlWalk(ExplanationBuilder out, String kmsNamespace) {
        this.out = out;
        this.kmsNamespace = kmsNamespace;
    }

    /** The root element and all below it. */
    void root(Element element, ElementRule rule) {
        boolean known = rule.namespace().equals(element.getNamespaceURI());
        element(element, rule, rule.name(), known ? "" : REL13_VARIANT);
    }

    /** @param variant how this element differs from the schema; may be empty */
    private void element(Element element, ElementRule rule, String name, String variant) {
        String note = Reading.of("", variant).explainedBy(rule.meaning()).note();
        if (rule.content() instanceof Text text) {
            out.field(rule.clause(), name, text.rule().read(ownText(element)).explainedBy(note));
            refuseElementsIn(element, rule, name);
            return;
        }
        out.enter(
                rule.clause(),
                name,
                xsiType(element).map(type -> "xsi:type " + type).orElse(""),
                note);
        if (rule.content() instanceof Fields fields) {
            fields(element, fields, rule.clause());
        } else if (rule.content() instanceof KeyContent key) {
            key(element, key, rule.clause());
        } else if (rule.content() instanceof Anything) {
            anything(element, rule.clause());
        }
        out.leave();
    }

    private void fields(Element element, Fields fields, String clause) {
        attributes(element, fields.attributes(), fields.exact(), clause);
        if (!ownText(element).isEmpty()) {
            out.fault(clause, "text stands between the elements");
        }
        Map<String, Integer> counts = new HashMap<>();
        int latest = 0;
        for (Element child : children(element)) {
            Optional<ElementRule> rule = ruleOf(child, fields);
            if (rule.isEmpty()) {
                unknown(child, fields.open(), clause);
                continue;
            }
            String name = child.getLocalName();
            int count = counts.merge(name, 1, Integer::sum);
            int position = fields.elements().indexOf(rule.get());
            if (count > rule.get().max()) {
                String most = rule.get().max() == 1
                        ? "one"
                        : Integer.toString(rule.get().max());
                out.fault(rule.get().clause(), "has more than " + most + " " + name);
            }
            boolean late = position < latest && isOrdered(rule.get());
            if (late && fields.exact()) {
                out.fault(rule.get().clause(), name + " stands too late");
            }
            element(
                    child,
                    rule.get(),
                    count > 1 ? name + "[" + count + "]" : name,
                    late ? "variant: the schema has it earlier" : "");
            latest = Math.max(latest, position);
        }
        missing(fields, counts, clause);
        fields.whole().apply(element).forEach(fault -> out.fault(clause, fault));
    }

    /** The two names that the tables know and the schema does not may stand anywhere. */
    private static boolean isOrdered(ElementRule rule) {
        return !rule.name().endsWith("-ID");
    }

    private void missing(Fields fields, Map<String, Integer> counts, String clause) {
        fields.elements().stream()
                .filter(rule -> rule.min() > counts.getOrDefault(rule.name(), 0))
                .forEach(rule -> out.fault(rule.clause(), "has no " + rule.name()));
        if (!fields.exactlyOneOf().isEmpty()) {
            int found = fields.exactlyOneOf().stream()
                    .mapToInt(name -> counts.getOrDefault(name, 0))
                    .sum();
            if (found != 1) {
                out.fault(
                        clause,
                        "needs exactly one of "
                                + String.join(
                                        ", ",
                                        fields.exactlyOneOf().stream().sorted().toList()));
            }
        }
    }

    private void unknown(Element child, boolean open, String clause) {
        String namespace = Optional.ofNullable(child.getNamespaceURI()).orElse("");
        boolean foreign = !namespace.isEmpty() && !namespace.equals(kmsNamespace);
        if (open && foreign && !namespace.equals(SignatureGrammar.SIGNATURE_NAMESPACE)) {
            out.enter(clause, child.getLocalName(), "", "extension of " + namespace + ", passed over");
            out.leave();
            return;
        }
        out.enter(clause, child.getLocalName(), "", namespace.isEmpty() ? "no namespace" : namespace);
        out.fault(clause, "this element has no place here");
        out.leave();
    }

    private void key(Element element, KeyContent key, String clause) {
        Optional<String> type = xsiType(element);
        if (!children(element).isEmpty()) {
            fields(element, key.wrapped(), clause);
            if (type.isPresent() && !type.get().endsWith("EncKeyContentType")) {
                out.fault(clause, "holds a wrapped key, but its xsi:type is " + type.get());
            }
            return;
        }
        attributes(element, List.of(), false, clause);
        Reading plain = key.plain().read(ownText(element));
        out.field(clause, "plain key", type.isPresent() ? plain : plain.explainedBy("variant: no xsi:type"));
        if (type.filter(name -> !name.matches("(?:[^:]+:)?KeyContentType")).isPresent()) {
            out.fault(clause, "holds a plain key, but its xsi:type is " + type.get());
        }
    }

    private void anything(Element element, String clause) {
        attributes(element, List.of(), false, clause);
        for (Element child : children(element)) {
            if (children(child).isEmpty()) {
                out.field(clause, child.getLocalName(), ownText(child), "");
            } else {
                out.enter(clause, child.getLocalName(), "", "");
                anything(child, clause);
                out.leave();
            }
        }
    }

    /** Notes the attributes; those of other namespaces are extensions, except namespace declarations and xsi:type. */
    private void attributes(Element element, List<AttributeRule> rules, boolean exact, String clause) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            if (attribute.getNamespaceURI() != null) {
                continue;
            }
            String name = "@" + attribute.getName();
            Optional<AttributeRule> rule = rules.stream()
                    .filter(known -> known.name().equals(attribute.getName()))
                    .findFirst();
            Reading reading = rule.map(known -> known.rule().read(trimmed(attribute.getValue())))
                    .orElseGet(() -> undefined(attribute.getValue(), exact));
            out.field(clause, name, reading);
        }
        rules.stream()
                .filter(rule -> rule.required() && !element.hasAttributeNS(null, rule.name()))
                .forEach(rule -> out.fault(clause, "has no attribute " + rule.name()));
    }

    private static Reading undefined(String value, boolean exact) {
        return exact ? Reading.wrong(value, "is not defined here") : Reading.of(value, "not defined here, passed over");
    }

    private void refuseElementsIn(Element element, ElementRule rule, String name) {
        if (!children(element).isEmpty()) {
            out.fault(rule.clause(), name + " holds elements where a value belongs");
        }
    }

    private Optional<ElementRule> ruleOf(Element child, Fields fields) {
        return fields.elements().stream()
                .filter(rule -> rule.name().equals(child.getLocalName()))
                .filter(rule -> namespaceInDocument(rule).equals(child.getNamespaceURI()))
                .findFirst();
    }

    private String namespaceInDocument(ElementRule rule) {
        return rule.namespace().equals(KmsSchema.NAMESPACE) ? kmsNamespace : rule.namespace();
    }

    private static Optional<String> xsiType(Element element) {
        String type = element.getAttributeNS(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "type");
        return type.isEmpty() ? Optional.empty() : Optional.of(trimmed(type));
    }

    static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element childElement) {
                children.add(childElement);
            }
        }
        return children;
    }

    private static String ownText(Element element) {
        StringBuilder text = new StringBuilder();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.TEXT_NODE) {
                text.append(child.getNodeValue());
            }
        }
        return trimmed(text.toString());
    }

    /** The text without the white space of XML around it. */
    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && WHITE_SPACE.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && WHITE_SPACE.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }
}
