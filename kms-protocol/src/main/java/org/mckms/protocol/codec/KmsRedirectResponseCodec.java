package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsRedirectResponse;
import org.mckms.protocol.security.Sha256;
import org.mckms.protocol.xml.CanonicalXml;
import org.mckms.protocol.xml.HardenedXml;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Reads KMS redirect responses (TS 33.180 clause D.4). The names of their elements differ among writers, so each element is
 * taken for what its name says; what is not understood is passed over, and the digest still covers it.
 */
public final class KmsRedirectResponseCodec {
    /** Namespace of KRRs. */
    public static final String NAMESPACE = "urn:3gpp:ns:mcsecKMSKRR:1.0";

    /** The media type of a KRR in SIP (clause D.4.1). */
    public static final String MEDIA_TYPE = "application/vnd.3gpp.kmsredirectresponse+xml";

    private static final String PREFIX = "krr";
    private static final String ROOT = "KmsRedirectResponse";
    private static final int MAX_PROPOSED = 32;

    private KmsRedirectResponseCodec() {}

    /**
     * Reads a KRR that is a document of its own. A signature in it is not verified: nothing says whom to trust.
     *
     * @throws KmsException MALFORMED_REQUEST or BODY_TOO_LARGE, with one sentence
     */
    public static KmsRedirectResponse read(byte[] octets) {
        Element root = HardenedXml.parse(octets).getDocumentElement();
        if (!isKrr(root) && !root.getLocalName().equals("Signed" + ROOT)) {
            throw malformed("the root element is not a KmsRedirectResponse");
        }
        try {
            return read(root);
        } catch (MikeySakkeException e) {
            throw new KmsException(MALFORMED_REQUEST, e.getMessage(), e);
        }
    }

    /** The prefix that {@link #writeList} needs. */
    static Map<String, String> prefixes() {
        return Map.of(PREFIX, NAMESPACE);
    }

    /** Writes the KrrList of a request, under names of our own: what was understood, without the sender's signature. */
    static void writeList(XmlWriter out, List<KmsRedirectResponse> krrs) {
        if (!krrs.isEmpty()) {
            out.element("KrrList", () -> krrs.forEach(krr -> write(out, PREFIX + ":", krr)));
        }
    }

    /** Writes a KRR as a document of its own, under names of our own and without signature. */
    public static byte[] write(KmsRedirectResponse krr) {
        return XmlWriter.document(ROOT, NAMESPACE, out -> fields(out, "", krr));
    }

    private static void write(XmlWriter out, String prefix, KmsRedirectResponse krr) {
        out.element(prefix + ROOT, () -> fields(out, prefix, krr));
    }

    private static void fields(XmlWriter out, String prefix, KmsRedirectResponse krr) {
        out.text(prefix + "InitiatorUri", krr.initiator())
                .text(prefix + "ReceiverUri", krr.receiver())
                .text(prefix + "RefusedKmsUri", krr.refusedKms())
                .text(prefix + "RefuserUri", krr.refuser());
        krr.proposedKms().forEach(uri -> out.text(prefix + "ProposedKmsUri", uri));
        krr.nested().ifPresent(nested -> write(out, prefix, nested));
    }

    /** Reads the KrrList of a request: by the schema itself a KRR, with some writers a list of them. */
    static List<KmsRedirectResponse> readList(Element krrList) {
        List<Element> children = children(krrList);
        if (children.isEmpty()) {
            return List.of();
        }
        List<KmsRedirectResponse> listed = children.stream()
                .filter(KmsRedirectResponseCodec::isKrr)
                .map(KmsRedirectResponseCodec::read)
                .toList();
        return listed.isEmpty() ? List.of(read(krrList)) : listed;
    }

    private static KmsRedirectResponse read(Element krr) {
        Found found = new Found();
        children(krr).forEach(found::add);
        return new KmsRedirectResponse(
                found.initiator,
                found.receiver,
                found.refusedKms,
                found.refuser,
                found.proposedKms,
                found.nested,
                Sha256.of(CanonicalXml.of(krr)));
    }

    private static boolean isKrr(Element element) {
        return ROOT.equals(element.getLocalName());
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    /** What was understood so far; the first of each kind counts. */
    private static final class Found {
        private Optional<String> initiator = Optional.empty();
        private Optional<String> receiver = Optional.empty();
        private Optional<String> refusedKms = Optional.empty();
        private Optional<String> refuser = Optional.empty();
        private Optional<KmsRedirectResponse> nested = Optional.empty();
        private final List<String> proposedKms = new ArrayList<>();

        void add(Element element) {
            if (isKrr(element)) {
                nested = nested.or(() -> Optional.of(read(element)));
                return;
            }
            List<Element> inner = children(element);
            if (inner.isEmpty()) {
                value(element.getLocalName().toLowerCase(Locale.ROOT), ElementReader.trimmed(element));
            } else if (!element.getLocalName().equals("Signature")) {
                inner.forEach(this::add);
            }
        }

        private void value(String name, String text) {
            if (text.isEmpty()) {
                return;
            }
            boolean kms = name.contains("kms");
            boolean refused = name.contains("refus") || name.contains("reject");
            if (kms && refused) {
                refusedKms = refusedKms.or(() -> Optional.of(text));
            } else if (kms && proposedKms.size() < MAX_PROPOSED) {
                proposedKms.add(text);
            } else if (refused) {
                refuser = refuser.or(() -> Optional.of(text));
            } else if (name.contains("initiator")) {
                initiator = initiator.or(() -> Optional.of(text));
            } else if (name.contains("receiver")) {
                receiver = receiver.or(() -> Optional.of(text));
            }
        }
    }
}
