package org.mckms.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.protocol.cek.CekSamples.KEY_ID;
import static org.mckms.protocol.cek.CekSamples.OTHER_KEY_ID;
import static org.mckms.protocol.cek.CekSamples.SERVER;
import static org.mckms.protocol.cek.CekSamples.SESSION;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.JdkSignature;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekFault;
import org.mckms.protocol.cek.CekOrder;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.cek.RequestExtension;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.xml.KmsSchema;

/** What is asked about content encryption keys, there and back. */
class RequestExtensionCodecTest {
    private static final Instant NOW = Instant.parse("2024-05-18T05:52:25Z");
    private static final String NS = " xmlns=\"urn:mckms:cek:1.0\"";

    static Stream<RequestExtension> extensions() {
        return Stream.of(
                new CekOrder(Optional.empty(), Optional.empty()),
                new CekOrder(Optional.of(SESSION), Optional.of(SERVER)),
                new CekOrder(Optional.of("<\"&'>"), Optional.empty()),
                new CekQuery(false, Optional.empty()),
                new CekQuery(true, Optional.of(KEY_ID)),
                CekEnd.ofKeys(List.of(KEY_ID)),
                CekEnd.ofKeys(keyIds(256)),
                CekEnd.ofSession(SESSION),
                CekEnd.ofUser(),
                new CekAcknowledgement(List.of()),
                new CekAcknowledgement(List.of(
                        new CekAcknowledgement.Item(KEY_ID, 1, Optional.empty()),
                        new CekAcknowledgement.Item(OTHER_KEY_ID, Long.MAX_VALUE, Optional.of(CekFault.CANNOT_OPEN)))),
                new CekAcknowledgement(keyIds(256).stream()
                        .map(keyId -> new CekAcknowledgement.Item(keyId, Long.MAX_VALUE, Optional.of(CekFault.STORAGE)))
                        .toList()));
    }

    @ParameterizedTest
    @MethodSource("extensions")
    void goThereAndBackUnderTheSignature(RequestExtension extension) throws Exception {
        byte[] octets = KmsRequestCodec.encodeSigned(request().with(extension), SecurityVectors.ink());

        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        assertThat(JdkSignature.validate(octets, SecurityVectors.ink()).valid()).isTrue();
        ReceivedRequest received = KmsRequestCodec.read(octets, RequestLeniency.STANDARD);
        assertThat(received.request()).isEqualTo(request().with(extension));
        assertThat(received.signature().orElseThrow().verifies(SecurityVectors.ink()))
                .isTrue();
    }

    @Test
    void areWrittenAsTheSchemaSays() {
        assertThat(written(new CekOrder(Optional.of(SESSION), Optional.of(SERVER))))
                .endsWith("</ClientReqUrl><CekOrder" + NS + " Peer=\"sip:mcptt-server@example.org\""
                        + " Session=\"a84b4c76e66710@pc33.example.org\"></CekOrder></KmsRequest>");
        assertThat(written(new CekQuery(false, Optional.empty()))).contains("<CekQuery" + NS + "></CekQuery>");
        assertThat(written(new CekQuery(true, Optional.of(KEY_ID))))
                .contains("<CekQuery" + NS + " After=\"xNfvv6CINwQHpy03iLoyQA==\" All=\"true\"></CekQuery>");
        assertThat(written(CekEnd.ofKeys(List.of(KEY_ID, OTHER_KEY_ID))))
                .contains("<CekEnd" + NS + "><KeyId>xNfvv6CINwQHpy03iLoyQA==</KeyId>"
                        + "<KeyId>/wECAwQFBgcICQoLDA0ODw==</KeyId></CekEnd>");
        assertThat(written(CekEnd.ofUser())).contains("<CekEnd" + NS + " All=\"true\"></CekEnd>");
        assertThat(written(new CekAcknowledgement(List.of(
                        new CekAcknowledgement.Item(KEY_ID, 3, Optional.empty()),
                        new CekAcknowledgement.Item(OTHER_KEY_ID, 4, Optional.of(CekFault.NOT_FOR_ME))))))
                .contains(
                        "<CekAcknowledgement" + NS + "><Item KeyId=\"xNfvv6CINwQHpy03iLoyQA==\" Revision=\"3\"></Item>"
                                + "<Item Fault=\"2\" KeyId=\"/wECAwQFBgcICQoLDA0ODw==\" Revision=\"4\"></Item>"
                                + "</CekAcknowledgement>");
    }

    @Test
    void aFaultKeepsItsNumber() {
        assertThat(Arrays.stream(CekFault.values()).map(CekFault::number)).containsExactly(1, 2, 3, 4, 5);
    }

    /** The largest that there can be is below the limit of what a server reads. */
    @Test
    void theLongestFitsIntoARequest() {
        byte[] octets = KmsRequestCodec.encodeSigned(
                request().with(extensions().reduce((first, second) -> second).orElseThrow()), SecurityVectors.ink());

        assertThat(octets).hasSizeBetween(20_000, 40_000);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<CekOrder NS Sesion=\"x\"/>|CekOrder has an attribute Sesion that does not belong there",
                "<CekOrder NS Session=\"\"/>|Session is empty",
                "<CekOrder NS Peer=\" \"/>|Peer is empty",
                "<CekOrder NS><Session>x</Session></CekOrder>"
                        + "|CekOrder contains an element Session that does not belong there",
                "<CekOrder NS>x</CekOrder>|CekOrder contains text between its elements",
                "<CekOrder NS/><CekOrder NS/>|KmsRequest has more than one element of urn:mckms:cek:1.0",
                "<CekOrder NS/><CekEnd NS All=\"true\"/>|KmsRequest has more than one element of urn:mckms:cek:1.0",
                "<CekList NS Version=\"1.0.0\"/>|an element CekList of urn:mckms:cek:1.0 does not belong there",
                "<cek NS/>|an element cek of urn:mckms:cek:1.0 does not belong there",
                "<CekQuery NS All=\"yes\"/>|All is neither true nor false",
                "<CekQuery NS After=\"xNfvv6CINwQHpy03iLoy\"/>|a Key ID is not 16 octets in base64",
                "<CekQuery NS After=\"?\"/>|a Key ID is not base64",
                "<CekEnd NS/>|a CekEnd names Key IDs, or a session, or all",
                "<CekEnd NS All=\"false\"/>|a CekEnd names Key IDs, or a session, or all",
                "<CekEnd NS All=\"true\" Session=\"x\"/>|a CekEnd names Key IDs, or a session, or all",
                "<CekEnd NS All=\"true\"><KeyId>xNfvv6CINwQHpy03iLoyQA==</KeyId></CekEnd>"
                        + "|a CekEnd names Key IDs, or a session, or all",
                "<CekEnd NS Session=\"x\"><KeyId>xNfvv6CINwQHpy03iLoyQA==</KeyId></CekEnd>"
                        + "|a CekEnd names Key IDs, or a session, or all",
                "<CekEnd NS><KeyId>xNfvv6CINwQHpy03iLoyQA==</KeyId><KeyId>xNfvv6CINwQHpy03iLoyQA==</KeyId></CekEnd>"
                        + "|the Key ID C4D7EFBFA088370407A72D3788BA3240 stands there twice",
                "<CekEnd NS><KeyId>C4D7EFBFA088370407A72D3788BA3240</KeyId></CekEnd>"
                        + "|a Key ID is not 16 octets in base64",
                "<CekEnd NS><KeyId><b/></KeyId></CekEnd>|KeyId contains elements, text expected",
                "<CekEnd NS><Key/></CekEnd>|CekEnd contains an element Key that does not belong there",
                "<CekAcknowledgement NS All=\"true\"/>"
                        + "|CekAcknowledgement has an attribute All that does not belong there",
                "<CekAcknowledgement NS><Item/></CekAcknowledgement>|Item has no attribute KeyId",
                "<CekAcknowledgement NS><Item KeyId=\"xNfvv6CINwQHpy03iLoyQA==\"/></CekAcknowledgement>"
                        + "|Item has no attribute Revision",
                "<CekAcknowledgement NS><Item KeyId=\"xNfvv6CINwQHpy03iLoyQA==\" Revision=\"-1\"/></CekAcknowledgement>"
                        + "|Revision is not a number from 1 to 9223372036854775807",
                "<CekAcknowledgement NS><Item KeyId=\"xNfvv6CINwQHpy03iLoyQA==\" Revision=\"1\" Fault=\"6\"/>"
                        + "</CekAcknowledgement>|Fault 6 is not known",
                "<CekAcknowledgement NS><Item KeyId=\"xNfvv6CINwQHpy03iLoyQA==\" Revision=\"1\" Fault=\"\"/>"
                        + "</CekAcknowledgement>|Fault is not a number from 1 to 9999",
                "<CekAcknowledgement NS><Item KeyId=\"xNfvv6CINwQHpy03iLoyQA==\" Revision=\"1\"/>"
                        + "<Item KeyId=\"xNfvv6CINwQHpy03iLoyQA==\" Revision=\"2\"/></CekAcknowledgement>"
                        + "|the Key ID C4D7EFBFA088370407A72D3788BA3240 stands there twice"
            })
    void refusesWhatIsWrong(String extension, String sentence) {
        String request = written().replace("</KmsRequest>", extension.replace(" NS", NS) + "</KmsRequest>");

        assertRefused(request, sentence);
    }

    @Test
    void refusesMoreKeysThanOneRequestMayName() {
        String many = written(CekEnd.ofKeys(keyIds(256)))
                .replace("</CekEnd>", "<KeyId>" + CekXml.base64(KEY_ID) + "</KeyId></CekEnd>");

        assertRefused(many, "257 keys at a time, at most 256 are accepted");
    }

    @Test
    void elementsOfOtherNamespacesArePassedOver() {
        String request = written()
                .replace(
                        "</KmsRequest>",
                        "<CekOrder xmlns=\"urn:example:ns:mckms:cek:1.0\" Any=\"thing\"/></KmsRequest>");

        assertThat(KmsRequestCodec.read(request.getBytes(UTF_8), RequestLeniency.STANDARD)
                        .request()
                        .extension())
                .isEmpty();
    }

    @Test
    void isReadInTheNamespaceOfRelease13Too() {
        RequestExtension end = CekEnd.ofSession(SESSION);
        String request = written(end).replace("urn:3gpp:ns:mcsecKMSInterface:1.0", "TOBEDEFINED");

        assertThat(KmsRequestCodec.read(request.getBytes(UTF_8), RequestLeniency.REL13)
                        .request()
                        .extension())
                .contains(end);
    }

    private static void assertRefused(String request, String sentence) {
        KmsException refusal = catchThrowableOfType(
                KmsException.class, () -> KmsRequestCodec.read(request.getBytes(UTF_8), RequestLeniency.STANDARD));
        assertThat(refusal).isNotNull().hasMessage(sentence);
        assertThat(refusal.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
    }

    private static List<Octets> keyIds(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Octets.fromHex(String.format("%032X", i)))
                .toList();
    }

    private static String written(RequestExtension extension) {
        return new String(KmsRequestCodec.encode(request().with(extension)), UTF_8);
    }

    private static String written() {
        return new String(KmsRequestCodec.encode(request()), UTF_8);
    }

    private static KmsRequest request() {
        return new KmsRequest(
                Fixtures.ALICE,
                Fixtures.KMS,
                NOW,
                Optional.empty(),
                Optional.empty(),
                "https://kms.example.org/keymanagement/cek/v1/list",
                Optional.empty());
    }
}
