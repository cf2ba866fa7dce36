package org.mckms.client.cli.explain;

import static org.mckms.client.cli.explain.SimpleValues.FLAG;
import static org.mckms.client.cli.explain.SimpleValues.TEXT;
import static org.mckms.client.cli.explain.SimpleValues.TIME;
import static org.mckms.client.cli.explain.SimpleValues.URI;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.mckms.client.cli.explain.Grammar.AttributeRule;
import org.mckms.client.cli.explain.Grammar.Content;
import org.mckms.client.cli.explain.Grammar.ElementRule;
import org.mckms.client.cli.explain.Grammar.Fields;
import org.mckms.client.cli.explain.Grammar.Text;
import org.mckms.protocol.cek.CekFault;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.xml.KmsSchema;
import org.w3c.dom.Element;

/** Our extension by content encryption keys, whose readers take nothing but what its schema says. */
final class CekGrammar {
    static final String NAMESPACE = KmsSchema.CEK_NAMESPACE;

    private static final String CLAUSE = "cek-1.0.xsd";
    private static final String LIST = "CekList";
    private static final String CEK = "Cek";
    private static final String ITEM = "Item";
    private static final String KEY_ID = "KeyId";
    private static final String STATUS = "Status";
    private static final String SESSION = "Session";
    private static final String ALL = "All";
    private static final String REVOKED = "revoked";
    private static final Values COUNT = SimpleValues.number(1, Long.MAX_VALUE);
    private static final List<ElementRule> REQUESTS = List.of(
            element(
                    "CekOrder",
                    "asks for the key of a user with a server",
                    exact(List.of(optional(SESSION, TEXT), optional("Peer", URI)))),
            element(
                    "CekQuery",
                    "a server asks for its keys",
                    exact(List.of(optional(ALL, FLAG), optional("After", KeyValues.KEY_ID)))),
            element("CekEnd", "keys whose life is over", end()),
            element("CekAcknowledgement", "what a server did with keys", acknowledgement()));

    private CekGrammar() {}

    /** The list in an answer. */
    static ElementRule list(boolean showSecrets) {
        ElementRule wrapped = SignatureGrammar.wrappedKey().elements().get(0);
        Fields cek = new Fields(
                List.of(
                        required(KEY_ID, KeyValues.KEY_ID),
                        required("Revision", COUNT),
                        required("Bits", SimpleValues.oneOf("256")),
                        optional("User", URI),
                        required("Peer", URI),
                        optional(SESSION, TEXT),
                        required(STATUS, SimpleValues.oneOf("pending", "active", "retiring", REVOKED))),
                List.of(
                        element("ValidFrom", "", new Text(TIME)),
                        element("ValidTo", "absent: until the session ends", new Text(TIME))
                                .optional(),
                        element("RefreshAfter", "time to ask again", new Text(TIME))
                                .optional(),
                        element("RefreshAfterMessages", "sealed messages until the holder asks again", new Text(COUNT))
                                .optional(),
                        wrapped.optional(),
                        element("Key", "CEK", new Text(KeyValues.cek(showSecrets)))
                                .optional()),
                CekGrammar::faultsOfKey);
        Fields list = new Fields(
                List.of(required("Version", SimpleValues.oneOf("1.0.0"))),
                List.of(many(CEK, "a key of one user, server and session", cek)),
                element -> twice(element, key -> key.getAttributeNS(null, KEY_ID)));
        return element(LIST, "content encryption keys", list).optional();
    }

    /** What may stand in a request. */
    static List<ElementRule> requests() {
        return REQUESTS.stream().map(ElementRule::optional).toList();
    }

    /** What is wrong with the extension in an element that may have one element of these names. */
    static List<String> faultsIn(Element parent, List<ElementRule> rules) {
        List<Element> found = XmlWalk.children(parent).stream()
                .filter(child -> NAMESPACE.equals(child.getNamespaceURI()))
                .toList();
        List<String> faults = new ArrayList<>();
        found.stream()
                .filter(child -> rules.stream().noneMatch(rule -> rule.name().equals(child.getLocalName())))
                .forEach(child -> faults.add(
                        "an element " + child.getLocalName() + " of " + NAMESPACE + " does not belong here"));
        if (found.size() > 1) {
            faults.add("has more than one element of " + NAMESPACE);
        }
        return faults;
    }

    private static List<String> faultsOfKey(Element cek) {
        long keys = XmlWalk.children(cek).stream()
                .filter(child -> child.getLocalName().equals("EncryptedKey")
                        || child.getLocalName().equals("Key"))
                .count();
        boolean revoked = REVOKED.equals(cek.getAttributeNS(null, STATUS));
        if (keys > 1) {
            return List.of("has more than one key");
        }
        if (revoked && keys == 1) {
            return List.of("is revoked and comes with a key");
        }
        return revoked || keys == 1 ? List.of() : List.of("has no key, though it is not revoked");
    }

    private static Content end() {
        return new Fields(
                List.of(optional(ALL, FLAG), optional(SESSION, TEXT)),
                List.of(many(KEY_ID, "", new Text(KeyValues.KEY_ID))),
                element -> {
                    List<String> faults = new ArrayList<>(
                            twice(element, key -> key.getTextContent().strip()));
                    boolean all = Set.of("true", "1").contains(element.getAttributeNS(null, ALL));
                    int kinds = (XmlWalk.children(element).isEmpty() ? 0 : 1)
                            + (element.hasAttributeNS(null, SESSION) ? 1 : 0)
                            + (all ? 1 : 0);
                    if (kinds != 1) {
                        faults.add("names not exactly one of Key IDs, a session, and all");
                    }
                    return faults;
                });
    }

    private static Content acknowledgement() {
        Fields item = exact(List.of(
                required(KEY_ID, KeyValues.KEY_ID), required("Revision", COUNT), optional("Fault", CekGrammar::fault)));
        return new Fields(
                List.of(),
                List.of(many(ITEM, "stored, or deleted if it was revoked, unless a fault says why not", item)),
                element -> twice(element, key -> key.getAttributeNS(null, KEY_ID)));
    }

    private static Reading fault(String text) {
        Reading number = SimpleValues.number(1, CekFault.values().length).read(text);
        return number.fault().isPresent()
                ? number
                : CekFault.ofNumber(Long.parseLong(text))
                        .map(fault -> Reading.of(text, fault.name()))
                        .orElse(number);
    }

    private static List<String> twice(Element element, Function<Element, String> keyId) {
        Set<String> seen = new HashSet<>();
        return XmlWalk.children(element).stream()
                .map(keyId)
                .filter(id -> !seen.add(id))
                .map(id -> "names the Key ID " + id + " twice")
                .toList();
    }

    private static Fields exact(List<AttributeRule> attributes) {
        return new Fields(attributes, List.of(), element -> List.of());
    }

    private static ElementRule many(String name, String meaning, Content content) {
        return new ElementRule(NAMESPACE, name, 0, CekList.MAX, CLAUSE, meaning, content);
    }

    private static ElementRule element(String name, String meaning, Content content) {
        return new ElementRule(NAMESPACE, name, 1, 1, CLAUSE, meaning, content);
    }

    private static AttributeRule required(String name, Values rule) {
        return new AttributeRule(name, true, rule);
    }

    private static AttributeRule optional(String name, Values rule) {
        return new AttributeRule(name, false, rule);
    }
}
