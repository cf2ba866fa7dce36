package org.mckms.protocol.codec;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.security.HmacSha256;
import org.mckms.protocol.security.NamedKey;
import org.mckms.protocol.security.Sha256;
import org.mckms.protocol.security.XmlSignature;

/**
 * Writes signatures with HMAC-SHA-256, and messages with the signature beside them in a Signed... wrapper (TS 33.180 clauses
 * D.2.2 and D.3.5.2).
 */
public final class SignatureXml {
    /** The Id of what is signed. */
    static final String ID = "xmldoc";

    private SignatureXml() {}

    /** Writes a message as the root, or signed in the wrapper of its name. */
    static byte[] document(
            String message,
            WireDialect dialect,
            Map<String, String> prefixes,
            Optional<NamedKey> signWith,
            Consumer<XmlWriter> content) {
        if (signWith.isEmpty()) {
            return XmlWriter.document(message, dialect, prefixes, out -> content.accept(out.attribute("Id", ID)));
        }
        return XmlWriter.document("Signed" + message, dialect, prefixes, out -> {
            MessageDigest digest = Sha256.begin();
            out.element(message, digest::update, () -> content.accept(out.attribute("Id", ID)));
            NamedKey key = signWith.get();
            write(out, new Signed("#" + ID, Optional.empty(), Octets.copyOf(digest.digest())), key.name(), key.key());
        });
    }

    /**
     * What a signature is over.
     *
     * @param uri of the Reference
     * @param transform its only one, if it has any
     * @param digest SHA-256 of what the URI names, transformed
     */
    public record Signed(String uri, Optional<String> transform, Octets digest) {}

    /** Writes a ds:Signature with HMAC-SHA-256 as content of the open element. */
    public static void write(XmlWriter out, Signed signed, String keyName, SecretOctets key) {
        out.element("Signature", XmlSignature.NAMESPACE, () -> {
            byte[] value = HmacSha256.of(
                    key,
                    mac -> out.element(
                            "SignedInfo", mac::update, () -> signedInfo(out, XmlSignature.HMAC_SHA256, signed)));
            out.text("SignatureValue", base64(value)).element("KeyInfo", () -> out.text("KeyName", keyName));
        });
    }

    /** SignedInfo over the element with the Id {@link #ID}. */
    static void signedInfo(XmlWriter out, String signatureMethod, byte[] digest) {
        signedInfo(out, signatureMethod, new Signed("#" + ID, Optional.empty(), Octets.copyOf(digest)));
    }

    private static void signedInfo(XmlWriter out, String signatureMethod, Signed signed) {
        algorithm(out, "CanonicalizationMethod", XmlSignature.C14N);
        algorithm(out, "SignatureMethod", signatureMethod);
        out.element("Reference", () -> {
            out.attribute("URI", signed.uri());
            signed.transform()
                    .ifPresent(transform -> out.element("Transforms", () -> algorithm(out, "Transform", transform)));
            algorithm(out, "DigestMethod", XmlSignature.SHA256);
            out.text("DigestValue", base64(signed.digest().toByteArray()));
        });
    }

    private static void algorithm(XmlWriter out, String name, String algorithm) {
        out.element(name, () -> out.attribute("Algorithm", algorithm));
    }

    static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
