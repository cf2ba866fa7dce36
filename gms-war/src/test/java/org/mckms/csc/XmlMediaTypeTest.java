package org.mckms.csc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlMediaTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/xml | APPLICATION_XML",
                "text/xml | TEXT_XML",
                "*/* | APPLICATION_XML",
                "application/* | APPLICATION_XML",
                "text/* | TEXT_XML",
                "TEXT/XML | TEXT_XML",
                "text/xml;charset=utf-8 | TEXT_XML",
                "text/xml, application/xml | APPLICATION_XML",
                "text/xml, application/xml;q=0.9 | TEXT_XML",
                "text/xml;q=0.5, */*;q=0.1 | TEXT_XML",
                "application/xml;q=0, */* | TEXT_XML",
                "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8 | APPLICATION_XML",
                "application/json, text/xml | TEXT_XML",
                "application/xml ; q=1.000 | APPLICATION_XML",
            })
    void answersInTheTypeLikedBest(String accept, XmlMediaType expected) {
        assertThat(XmlMediaType.accepted(List.of(accept))).contains(expected);
    }

    @Test
    void answersApplicationXmlIfNothingIsSaid() {
        assertThat(XmlMediaType.accepted(List.of())).contains(XmlMediaType.APPLICATION_XML);
        assertThat(XmlMediaType.accepted(List.of(""))).contains(XmlMediaType.APPLICATION_XML);
    }

    @Test
    void readsAllHeaderFields() {
        assertThat(XmlMediaType.accepted(List.of("application/json", "text/xml")))
                .contains(XmlMediaType.TEXT_XML);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/html",
                "application/soap+xml",
                "application/xml;q=0",
                "*/*;q=0",
                "application/xml;q=2",
                "application/xml;q=-1",
                "application/xml;q=",
                "xml",
                "application/",
                "/xml",
                "*/xml",
                "application xml",
                ";"
            })
    void acceptsNothingElse(String accept) {
        assertThat(XmlMediaType.accepted(List.of(accept))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/xml",
                "text/xml",
                "Application/XML",
                "application/xml; charset=UTF-8",
                "text/xml;charset=\"utf-8\"",
                "application/xml ;charset=utf-8",
                "application/xml; version=1"
            })
    void readsBodiesInXml(String contentType) {
        assertThat(XmlMediaType.isRead(contentType)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/plain",
                "application/xml; charset=UTF-16",
                "text/xml; charset=iso-8859-1",
                "application/xml; charset=utf-8; charset=utf-7",
                "application/xml, text/plain",
                "application/xml; charset",
                "application/xmlx",
                "application/*",
                "*/*"
            })
    void readsNoOtherBodies(String contentType) {
        assertThat(XmlMediaType.isRead(contentType)).isFalse();
    }

    @Test
    void takesNoLongerForHostileValues() {
        List<String> hostile = List.of(
                "a/b" + " ;".repeat(400) + "\u0000",
                "a/b" + "; ".repeat(400) + "=",
                "a/b;" + "a=\"".repeat(300),
                "a".repeat(1000) + "/",
                "application/xml" + ";q".repeat(400));
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> hostile.forEach(value -> assertThatCode(() -> {
                            assertThat(XmlMediaType.isRead(value)).isFalse();
                            assertThat(XmlMediaType.accepted(List.of(value))).isEmpty();
                        })
                        .doesNotThrowAnyException()));
        assertThat(XmlMediaType.isRead("application/xml;" + " ".repeat(1100))).isFalse();
        assertThat(XmlMediaType.accepted(List.of("*/*," + " ".repeat(1100)))).isEmpty();
    }
}
