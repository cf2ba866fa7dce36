package org.mckms.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.Samples;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.ClientError;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.xml.HardenedXml;
import org.mckms.protocol.xml.KmsSchema;
import org.xmlunit.builder.DiffBuilder;
import org.xmlunit.diff.Diff;

class KmsRequestCodecTest {
    private static final String KEYPROV = "https://kms.example.org/keymanagement/identity/v1/keyprov";
    private static final KmsRequest SAMPLE = new KmsRequest(
            "sip:alice@example.org",
            "kms.example.org",
            Instant.parse("2024-05-18T05:52:25Z"),
            Optional.of("client-1"),
            Optional.of("device-1"),
            KEYPROV,
            Optional.empty());

    @Test
    void readsTheRequestInsideTheSignedSample() throws IOException {
        assertThat(decode(unsigned("", ""))).isEqualTo(SAMPLE);
    }

    @Test
    void writesTheRequestInsideTheSignedSample() throws IOException {
        byte[] octets = KmsRequestCodec.encode(SAMPLE);
        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        Diff difference = DiffBuilder.compare(HardenedXml.parse(unsigned("", "")))
                .withTest(HardenedXml.parse(octets))
                .checkForSimilar()
                .build();
        assertThat(difference.hasDifferences()).as(difference.toString()).isFalse();
    }

    @Test
    void writesAndReadsAClientErrorAndNoMoreThanNeeded() {
        KmsRequest request = new KmsRequest(
                "tel:+4912345",
                "https://kms.example.org:8443",
                Instant.parse("2024-05-18T05:52:25Z"),
                Optional.empty(),
                Optional.empty(),
                KEYPROV,
                Optional.of(new ClientError(-7, "UID differs <from> what I computed")));
        byte[] octets = KmsRequestCodec.encode(request);
        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        assertThat(decode(octets)).isEqualTo(request);
    }

    @Test
    void readsTheOrderOfTheTableAndTheIdsThatTheSchemaLacks() throws IOException {
        String time = "<Time>2024-05-18T05:52:25Z</Time>";
        byte[] octets = unsigned(
                time + "<ClientId>client-1</ClientId><DeviceId>device-1</DeviceId>",
                "<ClientId>client-1</ClientId><DeviceId>device-1</DeviceId>" + time
                        + "<TrK-ID>tk.1</TrK-ID><Signature-ID>ink.1</Signature-ID>");
        KmsRequest read = decode(octets);
        assertThat(read.trkId()).contains("tk.1");
        assertThat(read.signatureId()).contains("ink.1");
        assertThat(read.time()).isEqualTo(SAMPLE.time());
        assertThat(decode(KmsRequestCodec.encode(read))).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Version=\"1.0.0\"", "", "Version=\"1.1.0\" xmlns:x=\"urn:x\" x:y=\"z\" Other=\"1\""})
    void isNotStrictAboutAttributes(String attributes) throws IOException {
        assertThat(decode(unsigned("Version=\"1.1.0\"", attributes))).isEqualTo(SAMPLE);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-05-18T05:52:25, 2024-05-18T05:52:25Z",
        "2024-05-18T07:52:25+02:00, 2024-05-18T05:52:25Z",
        "2024-05-17T22:22:25.5-07:30, 2024-05-18T05:52:25.500Z",
        "2024-02-29T23:59:59.999999999Z, 2024-02-29T23:59:59.999999999Z"
    })
    void readsTimesWithAndWithoutZone(String text, String expected) throws IOException {
        assertThat(decode(unsigned("2024-05-18T05:52:25Z", text)).time()).isEqualTo(expected);
    }

    @Test
    void passesOverForeignElements() throws IOException {
        assertThat(decode(unsigned("</KmsRequest>", "<x xmlns=\"urn:x\"><UserUri>sip:b@x</UserUri></x></KmsRequest>")))
                .isEqualTo(SAMPLE);
    }

    @Test
    void joinsTextAroundAComment() throws IOException {
        assertThat(decode(unsigned("alice@example.org", "alice@example.org<!-- -->.evil.example"))
                        .userUri())
                .isEqualTo("sip:alice@example.org.evil.example");
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "<UserUri>sip:alice@example.org</UserUri>|''|KmsRequest has no UserUri",
                "<KmsUri>kms.example.org</KmsUri>|''|KmsRequest has no KmsUri",
                "<Time>2024-05-18T05:52:25Z</Time>|''|KmsRequest has no Time",
                "<ClientReqUrl>https://kms.example.org/keymanagement/identity/v1/keyprov</ClientReqUrl>|''"
                        + "|KmsRequest has no ClientReqUrl",
                "</UserUri>|</UserUri><UserUri>sip:bob@example.org</UserUri>|KmsRequest has more than one UserUri",
                "</KmsRequest>|<Unknown/></KmsRequest>"
                        + "|KmsRequest contains an element Unknown that does not belong there",
                "</KmsRequest>|<ClientError><ErrorCode>x</ErrorCode><ErrorMsg/></ClientError></KmsRequest>"
                        + "|ErrorCode is not a number from -2147483648 to 2147483647",
                "</KmsRequest>|<ClientError><ErrorCode>1</ErrorCode></ClientError></KmsRequest>"
                        + "|ClientError has no ErrorMsg",
                "2024-05-18T05:52:25Z|2024-05-18T24:00:01Z|Time is not a possible time",
                "2024-05-18T05:52:25Z|2024-05-18T05:52:25+25:00|Time is not a possible time",
                "2024-05-18T05:52:25Z|12024-05-18T05:52:25Z|Time is not a time such as 2024-05-18T05:52:25Z",
                "2024-05-18T05:52:25Z|0000-05-18T05:52:25Z|Time is outside the years 1 to 9999",
                "sip:alice@example.org|sip:alice&#xA0;@example.org"
                        + "|UserUri contains white space or control characters",
                "sip:alice@example.org|sip:alice@example.org&#x2028;"
                        + "|UserUri contains white space or control characters",
                "KmsRequest|KmsResponse|the root element is not a KmsRequest of the KMS interface",
                "xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\"|''"
                        + "|the root element is not a KmsRequest of the KMS interface"
            })
    void refusesInOneSentence(String from, String to, String sentence) throws IOException {
        assertThat(refusal(unsigned(from, to))).hasMessage(sentence);
    }

    @Test
    void refusesTextThatIsTooLong() throws IOException {
        assertThat(refusal(unsigned("client-1", "c".repeat(1025))))
                .hasMessage("ClientId has 1025 characters, at most 1024 are accepted");
        assertThat(refusal(unsigned("sip:alice@example.org", "sip:" + "a".repeat(2045))))
                .hasMessage("UserUri has 2049 characters, at most 2048 are accepted");
    }

    @Test
    void refusesControlCharactersOfXml11() throws IOException {
        String text = new String(unsigned("client-1", "client&#1;"), UTF_8);
        assertThat(refusal(("<?xml version=\"1.1\"?>" + text).getBytes(UTF_8)))
                .hasMessage("ClientId contains a character that XML cannot carry");
    }

    private static KmsRequest decode(byte[] octets) {
        return KmsRequestCodec.read(octets, RequestLeniency.STANDARD).request();
    }

    private static KmsException refusal(byte[] octets) {
        KmsException refusal = catchThrowableOfType(KmsException.class, () -> decode(octets));
        assertThat(refusal.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
        return refusal;
    }

    /** The KmsRequest of the signed sample alone, with one passage replaced. */
    private static byte[] unsigned(String from, String to) throws IOException {
        String sample = Samples.text(Samples.SIGNED_REQUEST);
        String request = sample.substring(sample.indexOf("<KmsRequest"), sample.indexOf("<Signature"))
                .replaceFirst("<KmsRequest ", "<KmsRequest xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\" ");
        assertThat(request).contains(from);
        return (from.isEmpty() ? request : request.replace(from, to)).getBytes(UTF_8);
    }
}
