package org.mckms.protocol.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class ContentTypeTest {
    @Test
    void takesAContentTypeApart() {
        ContentType type = ContentType.parse(
                "Multipart/Signed; Boundary=\"a \\\"b\\\\\";\tprotocol = \"application/x\" ; micalg=sha-256;");

        assertThat(type.mediaType()).isEqualTo("multipart/signed");
        assertThat(type.parameters())
                .isEqualTo(Map.of("boundary", "a \"b\\", "protocol", "application/x", "micalg", "sha-256"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "text/",
                "/plain",
                "text/plain; a",
                "text/plain; a=",
                "text/plain; a=\"b",
                "text/plain; a=b c",
                "text/plain a=b",
                "text/plain; a=b; A=c",
                "text/plain, text/html",
                "te xt/plain"
            })
    void whatIsNoneIsRefused(String value) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> ContentType.parse(value))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST));
    }

    @ParameterizedTest
    @CsvSource({
        "application/vnd.3gpp.mcptt-info+xml, true",
        "text/xml, true",
        "application/xml; charset=UTF-8, true",
        "application/sdp, false",
        "text/plain; a=+xml, false"
    })
    void knowsXml(String value, boolean xml) {
        assertThat(ContentType.parse(value).isXml()).isEqualTo(xml);
    }
}
