package org.mckms.client.cli.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.client.cli.explain.Explanation.Line;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.smime.BodyPart;
import org.mckms.protocol.xpk.BodySignatures;
import org.mckms.protocol.xpk.ProtectionPlan;
import org.mckms.protocol.xpk.UriEncryption;
import org.mckms.protocol.xpk.XmlProtection;
import org.mckms.protocol.xpk.XpkKeys;

/** What is told of XML under a CSK, without the CSK. */
class XpkExplainerTest {
    private static final String INFO = "<mcpttinfo xmlns=\"urn:3gpp:ns:mcpttInfo:1.0\"><mcptt-Params>"
            + "<session-type>private</session-type>"
            + "<mcptt-request-uri type=\"Normal\"><mcpttURI>sip:bob@example.org</mcpttURI></mcptt-request-uri>"
            + "<entry uri=\"sip:carol@example.org\"></entry><value>sip:dave@example.org</value>"
            + "</mcptt-Params></mcpttinfo>";
    private static final String SIGNATURES;
    private static final String PROTECTED;
    private static final String URI;

    static {
        try (SecretOctets csk = SecretOctets.takeFrom(new byte[16]);
                XpkKeys keys = XpkKeys.derive(new KeyIdentifier(0x2DDD5BF0), csk, "sip:alice@example.org")) {
            BodyPart info = BodyPart.of("application/vnd.3gpp.mcptt-info+xml", "1@alice", Octets.ofUtf8(INFO));
            SIGNATURES = text(BodySignatures.sign(List.of(info), keys).content());
            PROTECTED = text(Octets.copyOf(XmlProtection.protect(
                    INFO.getBytes(UTF_8),
                    new ProtectionPlan(
                            Set.of(name("mcptt-request-uri")),
                            Set.of(new ProtectionPlan.Attribute(name("entry"), "uri")),
                            Set.of(name("value"))),
                    keys,
                    new SecureRandom())));
            URI = UriEncryption.encrypt("sip:bob@example.org", keys, new SecureRandom());
        }
    }

    private static ProtectionPlan.Name name(String element) {
        return new ProtectionPlan.Name("urn:3gpp:ns:mcpttInfo:1.0", element);
    }

    private static String text(Octets octets) {
        return new String(octets.toByteArray(), UTF_8);
    }

    private static Explanation explain(String document) {
        return new Explainer(Instant.EPOCH, false, Optional.empty(), Optional.empty())
                .explain(document.getBytes(UTF_8));
    }

    private static Line line(Explanation explanation, String path) {
        return explanation.lines().stream()
                .filter(line -> line.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError(path + " in " + explanation.lines()));
    }

    @Test
    void tellsOfSignatures() {
        Explanation explanation = explain(SIGNATURES);

        assertThat(explanation.faults()).isEmpty();
        assertThat(explanation.kind().title()).isEqualTo("signatures");
        assertThat(line(explanation, "signatures").clause()).isEqualTo("TS 24.379 F.6");
        assertThat(line(explanation, "signatures/Signature/SignedInfo/Reference/@URI")
                        .value())
                .isEqualTo("cid:1@alice");
        Line name = line(explanation, "signatures/Signature/KeyInfo/KeyName");
        assertThat(name.value()).isEqualTo("Ld1b8A==");
        assertThat(name.note()).isEqualTo("under the CSK 2DDD5BF0");
    }

    @Test
    void tellsOfEncryptedContentsAndUris() {
        Explanation explanation = explain(PROTECTED);
        String parameters = "mcpttinfo/mcptt-Params/";

        assertThat(explanation.faults()).isEmpty();
        assertThat(explanation.kind().title()).isEqualTo("XML with encrypted parts");
        assertThat(line(explanation, parameters + "mcptt-request-uri").note()).isEqualTo("its content is encrypted");
        assertThat(line(explanation, parameters + "mcptt-request-uri/EncryptedData/CipherData/CipherValue")
                        .note())
                .isEqualTo("IV of 12 octets, 74 encrypted, tag of 16");
        assertThat(line(explanation, parameters + "entry/@uri").note())
                .isEqualTo("encrypted under the CSK 2DDD5BF0; IV of 12 octets, 37 with the tag");
        assertThat(line(explanation, parameters + "value").clause()).isEqualTo("TS 23.003 26.2");
        assertThat(explanation.lines()).extracting(Line::name).doesNotContain("session-type");
    }

    @Test
    void tellsOfAUriAlone() {
        Explanation explanation = explain(URI + "\n");

        assertThat(explanation.faults()).isEmpty();
        assertThat(explanation.kind().title()).isEqualTo("encrypted URI");
        assertThat(line(explanation, "URI").note())
                .isEqualTo("encrypted under the CSK 2DDD5BF0; IV of 12 octets, 35 with the tag");
        assertThat(line(explain(URI.replace(";alg=128-aes-gcm", "")), "URI").note())
                .contains("; variant: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cid:1@alice|#1@alice|signatures/Signature/SignedInfo/Reference/@URI",
                "Ld1b8A==|AdDd8A==|signatures/Signature/KeyInfo/KeyName",
                "Ld1b8A==|2DDD5BF0|signatures/Signature/KeyInfo/KeyName",
                "hmac-sha256|hmac-sha1|signatures/Signature/SignedInfo/SignatureMethod/@Algorithm",
                "REC-xml-c14n-20010315\"></Transform>|a\"></Transform>|signatures/Signature/SignedInfo/Reference/Transforms/Transform/@Algorithm"
            })
    void namesWhatIsWrongWithASignature(String old, String replacement, String where) {
        assertThat(SIGNATURES).contains(old);

        assertThat(explain(SIGNATURES.replace(old, replacement))
                        .firstFault()
                        .orElseThrow()
                        .where())
                .isEqualTo(where);
    }

    @Test
    void namesWhatIsWrongWithEncryptedParts() {
        assertThat(explain(PROTECTED.replace("aes128-gcm", "aes256-gcm")).faults())
                .isNotEmpty();
        assertThat(explain(PROTECTED.replaceAll("<CipherValue>.*</CipherValue>", "<CipherValue>AAAA</CipherValue>"))
                        .firstFault()
                        .orElseThrow()
                        .what())
                .isEqualTo("is too short for an IV of 12 octets and a tag of 16");
        assertThat(explain(PROTECTED.replace("</EncryptedData>", "</EncryptedData><a/>"))
                        .firstFault()
                        .orElseThrow()
                        .what())
                .isEqualTo("other elements stand beside the encrypted content");
        assertThat(explain(URI.replaceAll(";iv=[^;]*", ";iv=AAAA"))
                        .firstFault()
                        .orElseThrow()
                        .what())
                .startsWith("does not have an IV of 12 octets");
        assertThat(explain("sip:x@mc1-encrypted.3gppnetwork.org").faults()).hasSize(1);
        assertThat(explain("<signatures xmlns=\"urn:3gpp:ns:mcpttSignedDoc:1.0\"/>")
                        .faults())
                .isNotEmpty();
    }

    @Test
    void otherXmlStaysUnknown() {
        assertThat(explain(INFO).kind()).isEqualTo(DocumentKind.UNKNOWN);
        assertThat(explain("<signatures/>").kind()).isEqualTo(DocumentKind.UNKNOWN);
    }
}
