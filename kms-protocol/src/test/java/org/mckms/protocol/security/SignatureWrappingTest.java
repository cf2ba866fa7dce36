package org.mckms.protocol.security;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.Samples;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Attacks that keep Alice's signature as it is, valid where a verifier finds what it covers, and have another request read
 * in its place (XML signature wrapping). Each is refused by its structure, before any key is asked for.
 */
class SignatureWrappingTest {
    private static final String OPEN = "<SignedKmsRequest xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\">";
    private static final String CLOSE = "</SignedKmsRequest>";

    @Test
    void refusesTheSignedBodyMovedIntoAnObject() throws IOException {
        String object = signature().replace("</Signature>", "<Object>" + signed() + "</Object></Signature>");
        assertRefused(OPEN + forged("") + object + CLOSE, "there is more than one message");
        assertRefused(OPEN + forged("Id=\"xmldoc\"") + object + CLOSE, "there is more than one message");
    }

    @Test
    void refusesTheSignedBodyMovedIntoAnObjectUnderAnotherName() throws IOException {
        String object = signature().replace("</Signature>", "<Object><x Id=\"xmldoc\">" + "</x></Object></Signature>");
        assertThat(refusal((OPEN + forged("") + object + CLOSE).getBytes(UTF_8)))
                .hasMessage("Signature contains an element Object that does not belong there");
    }

    @Test
    void refusesAWrapperWithASecondRequest() throws IOException {
        assertThat(refusal((OPEN + forged("") + signed() + signature() + CLOSE).getBytes(UTF_8)))
                .hasMessage("SignedKmsRequest contains an element KmsRequest that does not belong there");
        assertThat(refusal((OPEN + signed() + forged("") + signature() + CLOSE).getBytes(UTF_8)))
                .hasMessage("SignedKmsRequest contains an element KmsRequest that does not belong there");
        assertThat(refusal((OPEN + signed() + signature() + forged("") + CLOSE).getBytes(UTF_8)))
                .hasMessage("SignedKmsRequest contains an element KmsRequest that does not belong there");
    }

    @Test
    void refusesTheSignedBodyInAnExtensionOfTheForgedOne() throws IOException {
        String forged =
                forged("").replace("</KmsRequest>", "<x:y xmlns:x=\"urn:x\">" + signed() + "</x:y></KmsRequest>");
        assertRefused(OPEN + forged + signature() + CLOSE, "there is more than one message");
    }

    @Test
    void refusesTwoIdsAlike() throws IOException {
        String forged =
                forged("Id=\"xmldoc\"").replace("</KmsRequest>", "<x:y xmlns:x=\"urn:x\" Id=\"xmldoc\"/></KmsRequest>");
        assertRefused(
                OPEN + forged + signature() + CLOSE, "not exactly one element has the Id that the Reference names");
        assertRefused(
                OPEN.replace(">", " Id=\"xmldoc\">") + signed() + signature() + CLOSE,
                "not exactly one element has the Id that the Reference names");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ID", "id", "xml:id", "x:Id"})
    void refusesTheSameIdUnderAnotherSpelling(String attribute) throws IOException {
        String forged = forged("Id=\"xmldoc\"")
                .replace("</KmsRequest>", "<x:y xmlns:x=\"urn:x\" " + attribute + "=\"xmldoc\"/></KmsRequest>");
        assertRefused(
                OPEN + forged + signature() + CLOSE, "not exactly one element has the Id that the Reference names");
    }

    @Test
    void refusesAnIdOnAnotherElementOnly() throws IOException {
        String forged = forged("").replace("</KmsRequest>", "<x:y xmlns:x=\"urn:x\" Id=\"xmldoc\"/></KmsRequest>");
        assertRefused(OPEN + forged + signature() + CLOSE, "the Reference names neither the root nor the message");
    }

    @Test
    void refusesAReferenceToAnIdThatIsNotThere() throws IOException {
        assertRefused(
                OPEN + signed() + signature().replace("#xmldoc", "#other") + CLOSE,
                "not exactly one element has the Id that the Reference names");
    }

    @Test
    void refusesAReferenceIntoTheSignature() throws IOException {
        String signature = signature().replace("<KeyInfo>", "<KeyInfo Id=\"xmldoc\">");
        assertRefused(OPEN + forged("") + signature + CLOSE, "the Reference names neither the root nor the message");
    }

    @Test
    void refusesTheSignatureInsideTheMessage() throws IOException {
        String inside = signed().replace("</KmsRequest>", signature() + "</KmsRequest>");
        assertThat(refusal((OPEN + inside + CLOSE).getBytes(UTF_8)))
                .hasMessage("a signature stands where it signs nothing; it belongs in a Signed... document");
        assertRefused(OPEN + inside + signature() + CLOSE, "there is more than one signature");
        String alone = inside.replace("<KmsRequest ", "<KmsRequest xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\" ");
        assertThat(refusal(alone.getBytes(UTF_8)))
                .hasMessage("a signature stands where it signs nothing; it belongs in a Signed... document");
    }

    @Test
    void refusesTwoSignatures() throws IOException {
        assertThat(refusal((OPEN + signed() + signature() + signature() + CLOSE).getBytes(UTF_8)))
                .hasMessage("SignedKmsRequest contains an element Signature that does not belong there");
    }

    @Test
    void refusesASignatureBeforeTheMessage() throws IOException {
        assertThat(refusal((OPEN + signature() + signed() + CLOSE).getBytes(UTF_8)))
                .hasMessage("SignedKmsRequest has no KmsRequest in its place");
    }

    @Test
    void refusesANestedSignedRequest() throws IOException {
        String whole = OPEN + signed() + signature() + CLOSE;
        assertThat(refusal((OPEN + whole + signature() + CLOSE).getBytes(UTF_8)))
                .hasMessage("SignedKmsRequest has no KmsRequest in its place");
        String forged = forged("").replace("</KmsRequest>", "<x:y xmlns:x=\"urn:x\">" + whole + "</x:y></KmsRequest>");
        assertRefused(OPEN + forged + signature() + CLOSE, "there is more than one signature");
    }

    @Test
    void refusesTheStrippedSignature() throws IOException {
        assertThat(refusal((OPEN + signed() + CLOSE).getBytes(UTF_8)))
                .hasMessage("the SignedKmsRequest has no Signature");
    }

    @Test
    void refusesASignatureOfAnotherNamespace() throws IOException {
        String other = signature().replace("http://www.w3.org/2000/09/xmldsig#\"", "urn:x\"");
        assertThat(refusal((OPEN + signed() + other + CLOSE).getBytes(UTF_8)))
                .hasMessage("SignedKmsRequest contains an element Signature that does not belong there");
    }

    @Test
    void refusesCommentsThatSplitText() throws IOException {
        String split = signed().replace("alice@example.org", "alice@example.org<!-- -->.evil.example");
        assertRefused(OPEN + split + signature() + CLOSE, "a signed document has no comments");
        String whole = signed().replace("alice@", "al<!---->ice@");
        assertRefused(OPEN + whole + signature() + CLOSE, "a signed document has no comments");
        String signature = signature().replace("<KeyName>ink.1", "<KeyName>ink<!---->.1");
        assertRefused(OPEN + signed() + signature + CLOSE, "a signed document has no comments");
    }

    @Test
    void refusesTextBesideTheMessage() throws IOException {
        assertThat(refusal((OPEN + "text" + signed() + signature() + CLOSE).getBytes(UTF_8)))
                .hasMessage("SignedKmsRequest contains text between its elements");
    }

    @Test
    void refusesAttributesThatMeanNothing() throws IOException {
        assertThat(refusal((OPEN + signed() + signature().replace("<Reference ", "<Reference Type=\"urn:x\" ") + CLOSE)
                        .getBytes(UTF_8)))
                .hasMessage("Reference has an attribute Type that does not belong there");
    }

    @Test
    void refusesDuplicateAttributes() throws IOException {
        String twice = signed().replace("Id=\"xmldoc\"", "Id=\"xmldoc\" Id=\"other\"");
        assertMalformed((OPEN + twice + signature() + CLOSE).getBytes(UTF_8));
    }

    @Test
    void refusesOtherEncodings() throws IOException {
        String whole = OPEN + signed() + signature() + CLOSE;
        assertMalformed(whole.getBytes(UTF_16));
        assertMalformed(("<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + whole).getBytes(UTF_16));
        String utf7 = whole.replace("<", "+ADw-").replace(">", "+AD4-");
        assertMalformed(("<?xml version=\"1.0\" encoding=\"UTF-7\"?>" + utf7).getBytes(UTF_8));
    }

    @Test
    void refusesADocumentTypeThatGivesAttributes() throws IOException {
        String document = "<!DOCTYPE SignedKmsRequest [<!ATTLIST UserUri Id ID \"xmldoc\">]>" + OPEN + signed()
                + signature() + CLOSE;
        assertMalformed(document.getBytes(UTF_8));
    }

    @Test
    void theSampleItselfHolds() throws IOException {
        byte[] octets = (OPEN + signed() + signature() + CLOSE).getBytes(UTF_8);
        MessageSignature signature = KmsRequestCodec.read(octets, RequestLeniency.STANDARD)
                .signature()
                .orElseThrow();
        assertThat(signature.verifies(SecurityVectors.ink())).isTrue();
    }

    private static String signed() throws IOException {
        String sample = Samples.text(Samples.SIGNED_REQUEST);
        return sample.substring(sample.indexOf("<KmsRequest"), sample.indexOf("<Signature "));
    }

    private static String signature() throws IOException {
        String sample = Samples.text(Samples.SIGNED_REQUEST);
        return sample.substring(sample.indexOf("<Signature "), sample.indexOf("</SignedKmsRequest>"));
    }

    /** The request that the attacker wants to have read. */
    private static String forged(String id) throws IOException {
        return signed().replace("Id=\"xmldoc\"", id).replace("alice@", "mallory@");
    }

    private static void assertRefused(String document, String reason) {
        assertThat(refusal(document.getBytes(UTF_8))).hasMessage("the signature is refused: " + reason);
    }

    private static void assertMalformed(byte[] octets) {
        KmsException refusal =
                catchThrowableOfType(KmsException.class, () -> KmsRequestCodec.read(octets, RequestLeniency.STANDARD));
        assertThat(refusal.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
    }

    private static KmsException refusal(byte[] octets) {
        KmsException refusal =
                catchThrowableOfType(KmsException.class, () -> KmsRequestCodec.read(octets, RequestLeniency.STANDARD));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(KmsErrorCode.SIGNATURE_REQUIRED);
        return refusal;
    }
}
