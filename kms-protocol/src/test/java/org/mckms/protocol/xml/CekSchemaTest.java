package org.mckms.protocol.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.Samples;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** What cek-1.0.xsd forbids, in the sample as it is under our namespace, and in requests written by hand. */
class CekSchemaTest {
    private static final String CEK = "<cek:Cek KeyId=\"xNfvv6CINwQHpy03iLoyQA==\" Revision=\"1\"";
    private static final String NS = " xmlns=\"urn:mckms:cek:1.0\"";

    @Test
    void theSampleIsValid() throws IOException {
        assertValid(sample());
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "KeyId=\"xNfvv6CINwQHpy03iLoyQA==\"|``",
                "xNfvv6CINwQHpy03iLoyQA==|xNfvv6CINwQHpy03iLoy",
                "xNfvv6CINwQHpy03iLoyQA==|xNfvv6CINwQHpy03iLoyQEA=",
                "xNfvv6CINwQHpy03iLoyQA==|?",
                " Revision=\"1\"|``",
                "Revision=\"1\"|Revision=\"0\"",
                "Bits=\"256\"|Bits=\"128\"",
                " Bits=\"256\"|``",
                " Peer=\"sip:mcptt-server@example.org\"|``",
                "Peer=\"sip:mcptt-server@example.org\"|Peer=\"\"",
                "Peer=\"sip:mcptt-server@example.org\"|Peer=\"sip:a b\"",
                "Status=\"active\"|Status=\"ended\"",
                "Status=\"active\"|Status=\"active\" Session=\"\"",
                "Status=\"active\"|Status=\"active\" Session=\"a b\"",
                "Status=\"active\"|Status=\"active\" Usage=\"seal\"",
                "<cek:ValidFrom>2024-05-18T05:52:26Z</cek:ValidFrom>|``",
                "</cek:ValidFrom>|</cek:ValidFrom><cek:ValidFrom>2024-05-18T05:52:26Z</cek:ValidFrom>",
                "</cek:ValidFrom>|</cek:ValidFrom><cek:RefreshAfterMessages>0</cek:RefreshAfterMessages>",
                "</cek:ValidFrom>|</cek:ValidFrom><cek:Key>00</cek:Key>",
                "</cek:Cek>|<cek:Key/></cek:Cek>",
                "</cek:Cek>|<x xmlns=\"urn:x\"/></cek:Cek>",
                "</cek:CekList>|<cek:Other/></cek:CekList>",
                "CekList xmlns:cek=\"urn:mckms:cek:1.0\" Version=\"1.0.0\"|CekList xmlns:cek=\"urn:mckms:cek:1.0\""
            })
    void forbidsInAList(String from, String to) throws IOException {
        String sample = sample();
        assertThat(sample).contains(from);

        assertRefused(sample.replace(from, to));
    }

    @Test
    void aListNamesAKeyOnceAndEndsAfter256() throws IOException {
        String sample = sample();
        String cek = sample.substring(sample.indexOf("<cek:Cek "), sample.indexOf("</cek:CekList>"));

        assertRefused(sample.replace(cek, cek + cek));
        assertValid(sample.replace(cek, many(cek, 256)));
        assertRefused(sample.replace(cek, many(cek, 257)));
    }

    private static String many(String cek, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> cek.replace("xNfv", String.format("%04d", i)))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<CekOrder NS/>",
                "<CekOrder NS Session=\"s\" Peer=\"sip:s@b\"/>",
                "<CekQuery NS All=\"1\" After=\"xNfvv6CINwQHpy03iLoyQA==\"/>",
                "<CekEnd NS><KeyId>xNfvv6CINwQHpy03iLoyQA==</KeyId></CekEnd>",
                "<CekAcknowledgement NS/>",
                "<CekAcknowledgement NS><Item KeyId=\"xNfvv6CINwQHpy03iLoyQA==\" Revision=\"1\" Fault=\"5\"/></CekAcknowledgement>"
            })
    void allowsInARequest(String extension) throws IOException {
        assertValid(request(extension));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<CekOrder NS Sesion=\"s\"/>",
                "<CekOrder NS>s</CekOrder>",
                "<CekQuery NS All=\"yes\"/>",
                "<CekQuery NS After=\"AA==\"/>",
                "<CekEnd NS><KeyId>AA==</KeyId></CekEnd>",
                "<CekEnd NS><KeyId>xNfvv6CINwQHpy03iLoyQA==</KeyId><KeyId>xNfvv6CINwQHpy03iLoyQA==</KeyId></CekEnd>",
                "<CekAcknowledgement NS><Item KeyId=\"xNfvv6CINwQHpy03iLoyQA==\"/></CekAcknowledgement>",
                "<CekAcknowledgement NS><Item KeyId=\"xNfvv6CINwQHpy03iLoyQA==\" Revision=\"1\" Fault=\"6\"/></CekAcknowledgement>",
                "<CekAcknowledgement NS><Item KeyId=\"xNfvv6CINwQHpy03iLoyQA==\" Revision=\"1\"/>"
                        + "<Item KeyId=\"xNfvv6CINwQHpy03iLoyQA==\" Revision=\"2\"/></CekAcknowledgement>"
            })
    void forbidsInARequest(String extension) throws IOException {
        assertRefused(request(extension));
    }

    private static String request(String extension) throws IOException {
        return Samples.text(Samples.SIGNED_REQUEST)
                .replace("</KmsRequest>", extension.replace(" NS", NS) + "</KmsRequest>");
    }

    private static String sample() throws IOException {
        return Samples.text(Samples.KEYPROV_WITH_CEK)
                .replace("urn:example:ns:mckms:cek:1.0", KmsSchema.CEK_NAMESPACE)
                .replace("<cek:Cek KeyId=\"xNfvv6CINwQHpy03iLoyQA==\"", CEK);
    }

    private static void assertValid(String document) {
        assertThatCode(() -> KmsSchema.validate(document.getBytes(UTF_8))).doesNotThrowAnyException();
    }

    private static void assertRefused(String document) {
        KmsException refusal =
                catchThrowableOfType(KmsException.class, () -> KmsSchema.validate(document.getBytes(UTF_8)));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
        assertThat(refusal).hasMessageStartingWith("the document is not schema-valid: ");
    }
}
