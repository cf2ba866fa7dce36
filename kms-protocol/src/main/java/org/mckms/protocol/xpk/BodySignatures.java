package org.mckms.protocol.xpk;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.security.SignatureParts.refused;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.codec.SignatureXml;
import org.mckms.protocol.codec.XmlWriter;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.security.MessageSignature;
import org.mckms.protocol.security.Sha256;
import org.mckms.protocol.security.SignatureParts;
import org.mckms.protocol.security.XmlSignature;
import org.mckms.protocol.smime.BodyPart;
import org.mckms.protocol.smime.ContentType;
import org.mckms.protocol.smime.MultipartBody;
import org.mckms.protocol.xml.CanonicalXml;
import org.mckms.protocol.xml.ChildElements;
import org.mckms.protocol.xml.HardenedXml;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * The integrity of XML bodies in a SIP message (TS 33.180 clause 9.3, TS 24.379 clause 6.6 and annex F.6): a body part of
 * its own holds one ds:Signature for each body protected, HMAC-SHA-256 under the integrity key, whose Reference is the {@code
 * cid:} URL (RFC 2392) of that body. The digest is that of the canonical form of the body, as its one transform says.
 */
public final class BodySignatures {
    /** The type of the part with the signatures. */
    public static final String MEDIA_TYPE = "application/vnd.3gpp.mcptt-signed+xml";
    /** The namespace of its root. */
    public static final String NAMESPACE = "urn:3gpp:ns:mcpttSignedDoc:1.0";
    /** The name of its root. */
    public static final String ROOT = "signatures";

    private static final String CID = "cid:";
    private static final int MAX_SIGNATURES = 32;
    private static final Pattern ESCAPED = Pattern.compile("%([0-9A-Fa-f]{2})");

    private BodySignatures() {}

    /**
     * Signs parts.
     *
     * @param parts XML, each with a Content-ID of its own
     * @return the part with the signatures
     * @throws KmsException MALFORMED_REQUEST if a part is no XML, or has no Content-ID or that of another
     */
    public static BodyPart sign(List<BodyPart> parts, XpkKeys keys) {
        if (parts.isEmpty() || parts.size() > MAX_SIGNATURES) {
            throw malformed("1 to " + MAX_SIGNATURES + " bodies can be signed, not " + parts.size());
        }
        Set<String> ids = new HashSet<>();
        List<SignatureXml.Signed> signed = new ArrayList<>();
        for (BodyPart part : parts) {
            String id = part.contentId().orElseThrow(() -> malformed("a body without Content-ID cannot be signed"));
            if (!ids.add(id)) {
                throw malformed("two bodies have the Content-ID " + id);
            }
            if (!ContentType.parse(part.contentType()).isXml()) {
                throw malformed("a body of the type " + part.contentType() + " cannot be signed as XML");
            }
            signed.add(new SignatureXml.Signed(
                    cidUrl(id), Optional.of(XmlSignature.C14N), Sha256.of(canonical(part.decoded()))));
        }
        byte[] document = XmlWriter.document(
                ROOT,
                NAMESPACE,
                out -> signed.forEach(each -> SignatureXml.write(out, each, keys.keyName(), keys.integrity())));
        return BodyPart.of(MEDIA_TYPE, Octets.copyOf(document));
    }

    /** Whether a message has a part with signatures. */
    public static boolean isSigned(MultipartBody message) {
        return message.parts().stream().anyMatch(BodySignatures::isSignatures);
    }

    /**
     * Verifies every signature of a message. A part that is not among the results is not protected: who needs it protected
     * refuses the message.
     *
     * @param keys finds the keys of the authenticated sender by their XPK-ID; they stay their owner's
     * @return the bodies signed, in the order of their signatures, to be read instead of the parts; what each is, its root
     *     element and namespace say, not its type, which is the header of the part and not signed
     * @throws KmsException SIGNATURE_REQUIRED if there is not exactly one part with signatures, a signature is wrong or breaks a
     *     rule, its key is not held, or it does not name exactly one other body that no other signature names
     */
    public static List<VerifiedBody> verify(
            MultipartBody message, Function<KeyIdentifier, Optional<XpkKeys>> keys, Set<XpkDeviation> deviations) {
        List<BodyPart> parts = message.parts();
        List<BodyPart> documents =
                parts.stream().filter(BodySignatures::isSignatures).toList();
        if (documents.size() != 1) {
            throw refused("the message has " + documents.size() + " parts with signatures, not one");
        }
        List<BodyPart> bodies =
                parts.stream().filter(part -> !isSignatures(part)).toList();
        List<VerifiedBody> verified = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (Element element : signatures(documents.get(0))) {
            SignatureParts signature = SignatureParts.read(element);
            String id = contentId(signature.uri(), deviations);
            if (!named.add(id)) {
                throw refused("two signatures name the same body");
            }
            verified.add(verify(signature, body(id, bodies), id, keys, deviations));
        }
        return List.copyOf(verified);
    }

    private static boolean isSignatures(BodyPart part) {
        return ContentType.parse(part.contentType()).mediaType().equals(MEDIA_TYPE);
    }

    private static List<Element> signatures(BodyPart part) {
        Document document = HardenedXml.parse(part.decoded().toByteArray());
        Element root = document.getDocumentElement();
        if (!ChildElements.is(root, NAMESPACE, ROOT) || HardenedXml.hasComments(document)) {
            throw refused("the part with signatures is not a document of them");
        }
        KmsException none = refused("the part with signatures has none, or too many");
        ChildElements.onlyAttributes(root, none.code());
        ChildElements in = new ChildElements(root, none.code());
        List<Element> found = new ArrayList<>();
        while (in.isNext(XmlSignature.NAMESPACE, "Signature")) {
            found.add(in.take(XmlSignature.NAMESPACE, "Signature"));
        }
        in.end();
        if (found.isEmpty() || found.size() > MAX_SIGNATURES) {
            throw none;
        }
        return found;
    }

    /** The one body of this Content-ID. */
    private static BodyPart body(String id, List<BodyPart> bodies) {
        List<BodyPart> found = bodies.stream()
                .filter(part -> part.contentId().filter(id::equals).isPresent())
                .toList();
        if (found.size() != 1) {
            throw refused("not exactly one body has the Content-ID that the Reference names");
        }
        return found.get(0);
    }

    private static VerifiedBody verify(
            SignatureParts signature,
            BodyPart body,
            String id,
            Function<KeyIdentifier, Optional<XpkKeys>> keys,
            Set<XpkDeviation> deviations) {
        XpkKeys key = keys.apply(xpkId(signature.keyName()))
                .orElseThrow(() -> refused("no key of the name " + signature.keyName() + " is held for the sender"));
        Octets covered = covered(signature, body, deviations);
        MessageSignature over = signature.over(covered.toByteArray());
        if (!over.verifies(key.keyName(), key.integrity())) {
            throw refused("it is not that of the key " + signature.keyName() + " over the body " + id);
        }
        return new VerifiedBody(id, body.contentType(), covered, key.xpkId());
    }

    private static KeyIdentifier xpkId(String keyName) {
        try {
            return XpkKeys.xpkIdOf(keyName);
        } catch (KmsException e) {
            throw refused("its KeyName is not an XPK-ID in base64");
        }
    }

    /** What the Reference says that is digested: the canonical form, or the octets as they are. */
    private static Octets covered(SignatureParts signature, BodyPart body, Set<XpkDeviation> deviations) {
        Octets octets = body.decoded();
        if (signature.transform().isPresent()) {
            if (!signature.transform().get().equals(XmlSignature.C14N)) {
                throw refused("the Transform is not " + XmlSignature.C14N);
            }
            return Octets.copyOf(canonical(octets));
        }
        boolean asItIs = Sha256.of(octets.toByteArray()).equals(signature.digestValue());
        return asItIs || !deviations.contains(XpkDeviation.CANONICAL_WITHOUT_TRANSFORM)
                ? octets
                : Octets.copyOf(canonical(octets));
    }

    /** The canonical form of a body, which leaves nothing of it out that is read. */
    private static byte[] canonical(Octets octets) {
        Document document = HardenedXml.parse(octets.toByteArray());
        if (HardenedXml.hasComments(document)) {
            throw refused("a signed body has no comments");
        }
        return CanonicalXml.of(document.getDocumentElement());
    }

    private static String cidUrl(String contentId) {
        StringBuilder url = new StringBuilder(CID);
        for (byte octet : contentId.getBytes(StandardCharsets.US_ASCII)) {
            char c = (char) octet;
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || "-._~@!$&'()*+,;=:".indexOf(c) >= 0) {
                url.append(c);
            } else {
                url.append(String.format("%%%02X", octet));
            }
        }
        return url.toString();
    }

    private static String contentId(String uri, Set<XpkDeviation> deviations) {
        if (uri.startsWith(CID)) {
            return ESCAPED.matcher(uri.substring(CID.length()))
                    .replaceAll(escape ->
                            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
        }
        if (deviations.contains(XpkDeviation.BARE_CONTENT_ID)) {
            return uri.startsWith("<") && uri.endsWith(">") ? uri.substring(1, uri.length() - 1) : uri;
        }
        throw refused("the URI of the Reference is not cid: and a Content-ID");
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
