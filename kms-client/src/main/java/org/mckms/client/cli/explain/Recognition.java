package org.mckms.client.cli.explain;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.mckms.protocol.xpk.UriEncryption;

/** Tells by its first octets what a document is, or what it seems to be instead. */
final class Recognition {
    private static final int LOOKED_AT = 512;
    private static final int MAX_URI = 4096;
    private static final byte DER_SEQUENCE = 0x30;
    private static final Pattern TOKEN = Pattern.compile("(?i:Bearer +)?[\\w-]+(?:\\.[\\w-]*)+\\s*");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=\\s]{16,}");

    /** The form of a document. */
    enum Form {
        XML,
        TOKEN,
        REGISTRATION_FILE,
        BUNDLE,
        MIKEY,
        SEALED_BODY,
        ENCRYPTED_URI,
        OTHER
    }

    /** What a document seems to be that is none of ours, and what to do about it. */
    record Foreign(String what, String advice) {}

    private record Sign(Pattern beginning, Foreign foreign) {
        static Sign of(String beginning, String what, String advice) {
            return new Sign(Pattern.compile(beginning, Pattern.DOTALL), new Foreign(what, advice));
        }
    }

    private static final List<Sign> SIGNS = List.of(
            Sign.of("\\s*", "it is empty", "was the answer saved?"),
            Sign.of("HTTP/\\d.*", "an HTTP answer with its head", "save the body only"),
            Sign.of("(?:POST|GET) /.*", "an HTTP request with its head", "save the body only"),
            Sign.of("(?:\u00FE\u00FF|\u00FF\u00FE).*", "text in UTF-16", "the KMS interface is UTF-8"),
            Sign.of("PK\u0003\u0004.*", "a ZIP archive", "unpack it; each file in it is a document of its own"),
            Sign.of("\u001F\u008B.*", "compressed by gzip", "unpack it first"),
            Sign.of("\\s*-----BEGIN CERTIFICATE.*", "an X.509 certificate", "`openssl x509 -text -in FILE` shows it"),
            Sign.of(
                    "\\s*-----BEGIN [A-Z ]*PRIVATE KEY.*",
                    "a private key",
                    "do not pass it on; `kmsctl decode` never shows one"),
            Sign.of("\\s*\\{\\s*\"keys\".*", "a JWKS", "give it with --jwks to verify an access token"),
            Sign.of("\\s*\\{.*\"(?:chain|sequence)\".*", "audit records", "`kmsctl audit verify` checks them"),
            Sign.of("\\s*[\\[{].*", "JSON", "the KMS interface is XML; operators' answers are JSON"),
            Sign.of(
                    "[\u0030][\u0080-\u0084].*",
                    "DER of something else",
                    "`openssl asn1parse -inform DER -in FILE` shows it"),
            Sign.of("(?s)\\s*" + BASE64.pattern(), "base64 of something", "decode it first: base64 -d FILE"));

    private Recognition() {}

    static Form formOf(byte[] octets) {
        String beginning = beginning(octets);
        if (beginning.startsWith("\u00EF\u00BB\u00BF")) {
            beginning = beginning.substring(3);
        }
        String text = beginning.stripLeading();
        if (text.startsWith("<")) {
            return Form.XML;
        }
        if (text.startsWith("-----BEGIN MCKMS REGISTRATION-----")) {
            return Form.REGISTRATION_FILE;
        }
        if (octets.length > 0 && octets[0] == DER_SEQUENCE && BundleExplainer.isMarked(octets)) {
            return Form.BUNDLE;
        }
        if (SealedBodyExplainer.envelope(octets).isPresent()) {
            return Form.SEALED_BODY;
        }
        if (MikeyText.message(octets).isPresent()) {
            return Form.MIKEY;
        }
        if (octets.length <= MAX_URI
                && UriEncryption.isEncrypted(new String(octets, StandardCharsets.ISO_8859_1).strip())) {
            return Form.ENCRYPTED_URI;
        }
        return TOKEN.matcher(text).matches() ? Form.TOKEN : Form.OTHER;
    }

    /** What a document of another form looks like. */
    static Foreign foreign(byte[] octets) {
        String beginning = beginning(octets);
        return SIGNS.stream()
                .filter(sign -> sign.beginning().matcher(beginning).matches())
                .findFirst()
                .map(Sign::foreign)
                .orElseGet(() -> new Foreign(
                        "neither XML nor a token nor PEM armour",
                        "a document is a KmsRequest, KmsResponse, KmsCertificate or KmsRedirectResponse (signed or not),"
                                + " an access token, a registration file, a provisioning bundle, a GKTP document, an"
                                + " I_MESSAGE, a body sealed under a CEK, or what is signed or encrypted under a CSK"));
    }

    private static String beginning(byte[] octets) {
        return new String(octets, 0, Math.min(octets.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
    }
}
