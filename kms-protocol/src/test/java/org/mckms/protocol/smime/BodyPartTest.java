package org.mckms.protocol.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class BodyPartTest {
    private static BodyPart part(String entity) {
        return BodyPart.parse(entity.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void assertMalformed(ThrowingCallable call) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(call).satisfies(e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.MALFORMED_REQUEST));
    }

    @Test
    void readsWhatItWrites() {
        BodyPart part = BodyPart.of("text/plain", "1@a", Octets.ofAscii("x"));

        assertThat(part.octets())
                .isEqualTo(
                        "Content-Type: text/plain\r\nContent-ID: <1@a>\r\n\r\nx".getBytes(StandardCharsets.US_ASCII));
        assertThat(BodyPart.parse(part.octets())).isEqualTo(part);
        assertThat(part.contentId()).contains("1@a");
    }

    @Test
    void aFieldMayGoOnInTheNextLine() {
        assertThat(part("Content-Type: multipart/mixed;\r\n\tboundary=b1\r\nX: y\r\n\r\n")
                        .contentType())
                .isEqualTo("multipart/mixed;\tboundary=b1");
    }

    @Test
    void aPartWithoutFieldsIsPlainText() {
        assertThat(part("\r\nx").contentType()).isEqualTo("text/plain");
        assertThat(part("\r\nx").contentId()).isEmpty();
        assertThat(part("\r\nx").hasContentType()).isFalse();
    }

    @Test
    void whatIsThereTwiceIsRefused() {
        assertMalformed(
                () -> part("Content-Type: a/b\r\ncontent-type: c/d\r\n\r\n").contentType());
        assertMalformed(() -> part("Content-ID: <a>\r\nContent-Id: <b>\r\n\r\n").contentId());
        assertMalformed(() -> part("Content-Transfer-Encoding: binary\r\nContent-Transfer-Encoding: base64\r\n\r\n")
                .decoded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "<a@b> <c@d>", "<>", "<a b>", "<a@b", "<<a@b>>"})
    void aContentIdIsOneIdentifierInAngleBrackets(String value) {
        assertMalformed(() -> part("Content-ID: " + value + "\r\n\r\n").contentId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a>b", "a\r\nX: y"})
    void aContentIdIsNotWrittenOtherwise(String id) {
        assertMalformed(() -> BodyPart.of("text/plain", id, Octets.ofAscii("x")));
    }

    @ParameterizedTest
    @CsvSource({"binary, eA==", "8bit, eA==", "7BIT, eA==", "base64, x", "BASE64, x"})
    void theTransferEncodingIsTakenOff(String encoding, String decoded) {
        assertThat(part("Content-Transfer-Encoding: " + encoding + "\r\n\r\neA==")
                        .decoded())
                .isEqualTo(Octets.ofAscii(decoded));
    }

    @Test
    void base64MayBeWrapped() {
        assertThat(part("Content-Transfer-Encoding: base64\r\n\r\neA\r\n==\r\n").decoded())
                .isEqualTo(Octets.ofAscii("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quoted-printable", "x-uuencode", "base64, binary"})
    void otherTransferEncodingsAreRefused(String encoding) {
        assertMalformed(() ->
                part("Content-Transfer-Encoding: " + encoding + "\r\n\r\neA==").decoded());
    }

    @Test
    void whatIsNotBase64IsRefused() {
        assertMalformed(
                () -> part("Content-Transfer-Encoding: base64\r\n\r\ne*").decoded());
    }

    @Test
    void fieldsAreOneLineOfPrintableAscii() {
        assertMalformed(() -> new BodyPart.Field("X", "a\r\nY: b"));
        assertMalformed(() -> new BodyPart.Field("X Y", "a"));
        assertMalformed(() -> new BodyPart.Field("X:", "a"));
        assertMalformed(() -> new BodyPart.Field("X", "é"));
        assertMalformed(() -> new BodyPart(Collections.nCopies(17, new BodyPart.Field("X", "a")), Octets.ofAscii("")));
        assertThat(new BodyPart(List.of(), Octets.ofAscii("x")).octets()).hasSize(3);
    }
}
