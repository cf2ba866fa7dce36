package org.mckms.client.cli.explain;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mckms.client.cli.explain.Grammar.AttributeRule;
import org.mckms.client.cli.explain.Grammar.Content;
import org.mckms.client.cli.explain.Grammar.ElementRule;
import org.mckms.client.cli.explain.Grammar.Fields;
import org.mckms.client.cli.explain.Grammar.Text;

/**
 * XML Signature and XML Encryption as far as TS 33.180 clause 9.3 and annex D use them. Everything else of these standards is wrong
 * here: it is how signatures are wrapped around what was never signed.
 */
final class SignatureGrammar {
    static final String SIGNATURE_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#";
    static final String ENCRYPTION_NAMESPACE = "http://www.w3.org/2001/04/xmlenc#";
    static final String ENVELOPED = SIGNATURE_NAMESPACE + "enveloped-signature";

    private static final String C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    private static final String SHA256 = ENCRYPTION_NAMESPACE + "sha256";
    private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    private static final ReferenceForm ENVELOPED_REFERENCE = new ReferenceForm(
            SignatureGrammar::fragment,
            Map.of(ENVELOPED, "variant: the signature inside the signed element is left out"));

    private SignatureGrammar() {}

    /** The signature of a request or response: HMAC-SHA-256 under the InK, else the TrK. */
    static ElementRule hmac() {
        Fields keyInfo = fields(text("KeyName", "RFC 3275 4.4.1", "name of the InK or TrK", SimpleValues.TEXT));
        return signature(
                Map.of(MORE + "hmac-sha256", "HMAC-SHA-256, 256 bits"),
                element("KeyInfo", "RFC 3275 4.4", "", keyInfo),
                ENVELOPED_REFERENCE);
    }

    /** The signature of a body in SIP: HMAC-SHA-256 under the integrity key of an XPK. */
    static ElementRule hmacOfBody() {
        Fields keyInfo = fields(text("KeyName", "RFC 3275 4.4.1", "", KeyValues.XPK_ID));
        return signature(
                Map.of(MORE + "hmac-sha256", "HMAC-SHA-256, 256 bits"),
                element("KeyInfo", "RFC 3275 4.4", "", keyInfo),
                new ReferenceForm(
                        SignatureGrammar::contentId, Map.of(C14N, "the digest is that of the canonical form")));
    }

    /** Content of an element that is encrypted under the confidentiality key of an XPK. */
    static ElementRule encryptedContent() {
        Fields keyInfo = fields(text("KeyName", "RFC 3275 4.4.1", "", KeyValues.XPK_ID));
        Fields cipherData = fields(encryption("CipherValue", "XMLENC 3.3", "", new Text(KeyValues.GCM)));
        return encryption(
                "EncryptedData",
                "XMLENC 3.4",
                "",
                new Fields(
                        List.of(
                                new AttributeRule("Id", false, SimpleValues.TEXT),
                                new AttributeRule("Type", true, SimpleValues.oneOf(ENCRYPTION_NAMESPACE + "Content"))),
                        List.of(
                                encryption(
                                        "EncryptionMethod",
                                        "XMLENC 3.2",
                                        "",
                                        algorithm(Map.of("http://www.w3.org/2009/xmlenc11#aes128-gcm", "AES-128-GCM"))),
                                element("KeyInfo", "RFC 3275 4.4", "", keyInfo),
                                encryption("CipherData", "XMLENC 3.3", "", cipherData)),
                        Set.of(),
                        false));
    }

    /** The signature of a certificate or redirect response (D.4.2): ECDSA with an X.509 certificate. */
    static ElementRule ecdsa() {
        Fields data = fields(text("X509Certificate", "RFC 3275 4.4.4", "signer, DER", KeyValues.BASE64));
        Fields keyInfo = fields(element("X509Data", "RFC 3275 4.4.4", "", data));
        return signature(
                Map.of(MORE + "ecdsa-sha256", "ECDSA with SHA-256"),
                element("KeyInfo", "RFC 3275 4.4", "", keyInfo),
                ENVELOPED_REFERENCE);
    }

    /** What a wrapped key looks like. */
    static Fields wrappedKey() {
        Fields keyInfo = fields(text("KeyName", "RFC 3275 4.4.1", "name of the TrK that wraps", SimpleValues.TEXT));
        Fields cipherData = fields(encryption("CipherValue", "XMLENC 3.3", "", new Text(KeyValues.WRAPPED)));
        Map<String, String> algorithms = Map.of(
                ENCRYPTION_NAMESPACE + "kw-aes256",
                "AES key wrap, RFC 3394",
                "http://www.w3.org/2009/xmlenc11#kw-aes-256-pad",
                "AES key wrap with padding, RFC 5649");
        ElementRule key = encryption(
                "EncryptedKey",
                "XMLENC 3.5.1",
                "",
                new Fields(
                        List.of(new AttributeRule("Id", false, SimpleValues.TEXT)),
                        List.of(
                                encryption("EncryptionMethod", "XMLENC 3.2", "", algorithm(algorithms)),
                                element("KeyInfo", "RFC 3275 4.4", "", keyInfo),
                                encryption("CipherData", "XMLENC 3.3", "", cipherData),
                                encryption(
                                                "CarriedKeyName",
                                                "XMLENC 3.5.1",
                                                "name of the key inside",
                                                new Text(SimpleValues.TEXT))
                                        .optional()),
                        Set.of(),
                        false));
        return fields(key);
    }

    /** What a Reference may say. */
    private record ReferenceForm(Values uri, Map<String, String> transforms) {}

    private static ElementRule signature(Map<String, String> methods, ElementRule keyInfo, ReferenceForm form) {
        Fields transforms = fields(element("Transform", "RFC 3275 4.3.3.4", "", algorithm(form.transforms())));
        Fields reference = new Fields(
                List.of(new AttributeRule("URI", true, form.uri())),
                List.of(
                        element("Transforms", "RFC 3275 4.3.3.4", "", transforms)
                                .optional(),
                        element("DigestMethod", "RFC 3275 4.3.3.5", "", algorithm(Map.of(SHA256, "SHA-256"))),
                        text("DigestValue", "RFC 3275 4.3.3.6", "", KeyValues.BASE64)),
                Set.of(),
                false);
        Map<String, String> canonicalization = Map.of(
                C14N, "inclusive, without comments", C14N + "#WithComments", "variant: inclusive, with comments");
        Fields info = fields(
                element("CanonicalizationMethod", "RFC 3275 4.3.1", "", algorithm(canonicalization)),
                element("SignatureMethod", "RFC 3275 4.3.2", "", algorithm(methods)),
                element("Reference", "RFC 3275 4.3.3", "what is signed", reference));
        return element(
                "Signature",
                "RFC 3275 4.1",
                "",
                fields(
                        element("SignedInfo", "RFC 3275 4.3", "", info),
                        text("SignatureValue", "RFC 3275 4.2", "", KeyValues.BASE64),
                        keyInfo));
    }

    private static Reading contentId(String text) {
        return text.startsWith("cid:") && text.length() > "cid:".length()
                ? Reading.of(text, "the body of this Content-ID")
                : Reading.wrong(text, "is not cid: and the Content-ID of a body");
    }

    private static Reading fragment(String text) {
        return text.length() > 1 && text.charAt(0) == '#'
                ? Reading.of(text, "")
                : Reading.wrong(text, "does not name an element of this document by its Id");
    }

    /** An element that says its algorithm and nothing else. */
    private static Fields algorithm(Map<String, String> accepted) {
        Values rule = text -> accepted.containsKey(text)
                ? Reading.of(text, accepted.get(text))
                : Reading.wrong(text, "is not an algorithm used here");
        return new Fields(List.of(new AttributeRule("Algorithm", true, rule)), List.of(), Set.of(), false);
    }

    private static Fields fields(ElementRule... elements) {
        return new Fields(
                List.of(new AttributeRule("Id", false, SimpleValues.TEXT)), List.of(elements), Set.of(), false);
    }

    private static ElementRule text(String name, String clause, String meaning, Values rule) {
        return element(name, clause, meaning, new Text(rule));
    }

    private static ElementRule element(String name, String clause, String meaning, Content content) {
        return new ElementRule(SIGNATURE_NAMESPACE, name, 1, 1, clause, meaning, content);
    }

    private static ElementRule encryption(String name, String clause, String meaning, Content content) {
        return new ElementRule(ENCRYPTION_NAMESPACE, name, 1, 1, clause, meaning, content);
    }
}
