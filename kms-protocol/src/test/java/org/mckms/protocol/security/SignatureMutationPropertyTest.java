package org.mckms.protocol.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mckms.protocol.JdkSignature;
import org.mckms.protocol.Samples;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.ReceivedRequest;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.xml.HardenedXml;
import org.mckms.protocol.xml.KmsSchema;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Whatever is done to a signed request: it is refused, or it does not verify, or it says what Alice signed. */
class SignatureMutationPropertyTest {
    private static final int DOCUMENTS = 600;
    private static final String[] WORDS = {"xmldoc", "Id", "x", "", "sip:mallory@example.org", "1.1.0", "#xmldoc", "#"};
    private static final String[] NAMES = {"KmsRequest", "SignedKmsRequest", "Signature", "Object", "UserUri", "x"};
    private static final String[] NAMESPACES = {KmsSchema.NAMESPACE, XmlSignature.NAMESPACE, "urn:x", null};

    @Test
    void wellFormedChangesNeverVerifyAsSomethingElse() throws Exception {
        KmsRequest signed = read(Samples.octets(Samples.SIGNED_REQUEST)).request();
        int verified = 0;
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            Random random = new Random(seed);
            Document document = HardenedXml.parse(Samples.octets(Samples.SIGNED_REQUEST));
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                change(document, random);
            }
            verified += check(serialized(document), signed, seed);
        }
        assertThat(verified).as("some changes are none").isBetween(1, DOCUMENTS / 2);
    }

    @Test
    void changedOctetsNeverVerifyAsSomethingElse() throws IOException {
        byte[] sample = Samples.octets(Samples.SIGNED_REQUEST);
        KmsRequest signed = read(sample).request();
        for (int i = 0; i < sample.length; i++) {
            byte[] changed = sample.clone();
            changed[i] ^= (byte) (1 << i % 7);
            check(changed, signed, i);
        }
    }

    /** One if the document verifies; fails if it then says something else. */
    private static int check(byte[] octets, KmsRequest signed, int seed) {
        try {
            ReceivedRequest received = read(octets);
            if (received.signature().isPresent() && received.signature().get().verifies(SecurityVectors.ink())) {
                assertThat(received.request()).as("seed " + seed).isEqualTo(signed);
                return 1;
            }
        } catch (KmsException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
        return 0;
    }

    private static void change(Document document, Random random) {
        List<Element> all = new ArrayList<>();
        collect(document.getDocumentElement(), all);
        Element one = all.get(random.nextInt(all.size()));
        Element other = all.get(random.nextInt(all.size()));
        boolean inside = isAncestor(one, other);
        switch (random.nextInt(9)) {
            case 0 -> one.setAttribute(random.nextBoolean() ? "Id" : "x", WORDS[random.nextInt(WORDS.length)]);
            case 1 -> one.removeAttribute("Id");
            case 2 -> one.setTextContent(WORDS[random.nextInt(WORDS.length)]);
            case 3 -> other.appendChild(one.cloneNode(true));
            case 4 -> other.insertBefore(one.cloneNode(true), other.getFirstChild());
            case 5 -> {
                if (!inside && one != document.getDocumentElement()) {
                    other.appendChild(one);
                }
            }
            case 6 -> {
                if (one != document.getDocumentElement()) {
                    one.getParentNode().removeChild(one);
                }
            }
            case 7 ->
                document.renameNode(
                        one, NAMESPACES[random.nextInt(NAMESPACES.length)], NAMES[random.nextInt(NAMES.length)]);
            default -> one.appendChild(document.createTextNode(random.nextBoolean() ? "\n " : "x"));
        }
    }

    private static void collect(Element element, List<Element> all) {
        all.add(element);
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                collect(inner, all);
            }
        }
    }

    private static boolean isAncestor(Node ancestor, Node node) {
        return node != null && (node == ancestor || isAncestor(ancestor, node.getParentNode()));
    }

    private static byte[] serialized(Document document) throws Exception {
        byte[] octets = JdkSignature.serialized(document);
        return new String(octets, UTF_8).replace(" standalone=\"no\"", "").getBytes(UTF_8);
    }

    private static ReceivedRequest read(byte[] octets) {
        return KmsRequestCodec.read(octets, RequestLeniency.STANDARD);
    }
}
