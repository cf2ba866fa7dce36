package org.mckms.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsRedirectResponse;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.xml.KmsSchema;

/** KMS redirect responses, whose element names no public text gives: by what their names say. */
class KmsRedirectResponseCodecTest {
    private static final String KRR = "<KmsRedirectResponse xmlns=\"urn:3gpp:ns:mcsecKMSKRR:1.0\" Id=\"x\">"
            + "<InitiatorUri>sip:alice@example.org</InitiatorUri><ReceiverUri>sip:bob@b.example</ReceiverUri>"
            + "<RefusedKmsUri>kms.wrong.example</RefusedKmsUri><RefusingEntity>sip:server@b.example</RefusingEntity>"
            + "<KmsUriList><KmsUri>kms.b.example</KmsUri><KmsUri> kms.c.example </KmsUri></KmsUriList>"
            + "<Reason>whatever</Reason>NESTED</KmsRedirectResponse>";

    @Test
    void understandsWhatTheNamesSay() throws Exception {
        String document = KRR.replace("NESTED", "");
        KmsRedirectResponse krr = read(document);
        assertThat(krr.initiator()).contains("sip:alice@example.org");
        assertThat(krr.receiver()).contains("sip:bob@b.example");
        assertThat(krr.refusedKms()).contains("kms.wrong.example");
        assertThat(krr.refuser()).contains("sip:server@b.example");
        assertThat(krr.proposedKms()).containsExactly("kms.b.example", "kms.c.example");
        assertThat(krr.nested()).isEmpty();
        assertThat(krr.digest().toByteArray())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(document.getBytes(UTF_8)));
    }

    @Test
    void readsTheEarlierOneInside() {
        String inner = KRR.replace("NESTED", "").replace("kms.wrong.example", "kms.first.example");
        KmsRedirectResponse krr = read(KRR.replace("NESTED", "<Earlier>" + inner + "</Earlier>"));
        assertThat(krr.refusedKms()).contains("kms.wrong.example");
        assertThat(krr.nested().orElseThrow().refusedKms()).contains("kms.first.example");
        assertThat(krr.nested().orElseThrow().digest()).isNotEqualTo(krr.digest());
    }

    @Test
    void doesNotTakeASignatureForContent() {
        String signature = "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><KeyInfo><KeyName>kms.evil.example"
                + "</KeyName></KeyInfo></Signature>";
        assertThat(read(KRR.replace("NESTED", signature)).proposedKms())
                .containsExactly("kms.b.example", "kms.c.example");
    }

    @Test
    void keepsNoMoreThan32Proposals() {
        String many = "<KmsUri>kms.d.example</KmsUri>".repeat(100);
        assertThat(read(KRR.replace("NESTED", many)).proposedKms()).hasSize(32);
    }

    @Test
    void anUnknownContentIsAnEmptyOneWithADigest() {
        KmsRedirectResponse krr =
                read("<KmsRedirectResponse xmlns=\"urn:3gpp:ns:mcsecKMSKRR:1.0\"><a/></KmsRedirectResponse>");
        assertThat(krr.proposedKms()).isEmpty();
        assertThat(krr.digest().size()).isEqualTo(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html/>", "<KmsRedirect xmlns=\"urn:3gpp:ns:mcsecKMSKRR:1.0\"/>", "x", ""})
    void refusesWhatIsNone(String document) {
        KmsException refusal = catchThrowableOfType(KmsException.class, () -> read(document));
        assertThat(refusal.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void refusesAUriThatIsNone() {
        KmsException refusal = catchThrowableOfType(
                KmsException.class, () -> read(KRR.replace("NESTED", "").replace("sip:bob@b.example", "a b")));
        assertThat(refusal.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
        assertThat(refusal).hasMessage("receiver contains white space or control characters");
    }

    @Test
    void standsInTheKrrListOfARequest() {
        KmsRedirectResponse first = read(KRR.replace("NESTED", KRR.replace("NESTED", "")));
        KmsRedirectResponse second = read(KRR.replace("NESTED", "").replace("kms.b.example", "kms.x.example"));
        KmsRequest request = request(List.of(first, second));
        for (byte[] octets : List.of(
                KmsRequestCodec.encode(request), KmsRequestCodec.encodeSigned(request, SecurityVectors.ink()))) {
            assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
            List<KmsRedirectResponse> read = KmsRequestCodec.read(octets, RequestLeniency.STANDARD)
                    .request()
                    .krrList();
            assertThat(read)
                    .usingRecursiveComparison()
                    .ignoringFieldsOfTypes(Octets.class)
                    .isEqualTo(request.krrList());
        }
    }

    @Test
    void theKrrListMayBeTheKrrItselfAndCarryItsSignature() {
        String list = KRR.replace("KmsRedirectResponse", "KrrList")
                .replace(" xmlns=\"urn:3gpp:ns:mcsecKMSKRR:1.0\" Id=\"x\"", "")
                .replace("<InitiatorUri>", "<k:InitiatorUri xmlns:k=\"urn:3gpp:ns:mcsecKMSKRR:1.0\">")
                .replace("</InitiatorUri>", "</k:InitiatorUri>")
                .replace("NESTED", "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/>");
        KmsRequest request = request(List.of());
        String text =
                new String(KmsRequestCodec.encode(request), UTF_8).replace("</ClientReqUrl>", "</ClientReqUrl>" + list);
        List<KmsRedirectResponse> krrs = KmsRequestCodec.read(text.getBytes(UTF_8), RequestLeniency.STANDARD)
                .request()
                .krrList();
        assertThat(krrs).hasSize(1);
        assertThat(krrs.get(0).refusedKms()).contains("kms.wrong.example");
        assertThat(krrs.get(0).initiator()).contains("sip:alice@example.org");
    }

    private static KmsRequest request(List<KmsRedirectResponse> krrs) {
        return new KmsRequest(
                Fixtures.ALICE,
                Fixtures.KMS,
                Instant.parse("2024-05-18T05:52:25Z"),
                Optional.empty(),
                Optional.empty(),
                Fixtures.ROOT_URL + "redirect",
                krrs,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static KmsRedirectResponse read(String document) {
        return KmsRedirectResponseCodec.read(document.getBytes(UTF_8));
    }
}
