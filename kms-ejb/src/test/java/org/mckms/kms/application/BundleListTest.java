package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.kms.application.BundleList.Entry;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class BundleListTest {

    private static List<Entry> read(String text) {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Entry> read(InputStream in) {
        List<Entry> entries = new ArrayList<>();
        BundleList.read(in, entries::add);
        return entries;
    }

    private static void assertRefused(KmsErrorCode code, String text, InputStream in) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> read(in))
                .withMessageContaining(text)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    private static InputStream octets(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsUsersAndTheirDevices() {
        assertThat(read("sip:a@example.org\r\n\n  sip:b@example.org,radio 7 \nsip:ü@example.org"))
                .containsExactly(
                        new Entry("sip:a@example.org", Optional.empty()),
                        new Entry("sip:b@example.org", Optional.of("radio 7")),
                        new Entry("sip:ü@example.org", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "  \r\n"})
    void refusesAListOfNobody(String text) {
        assertRefused(KmsErrorCode.MALFORMED_REQUEST, "names no user", octets(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {",device", "sip:a b@example.org", "sip:a@example.org,", "sip:a@example.org,x,y", "sip:\u0001@x"})
    void namesTheLineThatIsNoEntry(String line) {
        assertRefused(KmsErrorCode.MALFORMED_REQUEST, "line 2 ", octets("sip:a@example.org\n" + line + "\n"));
    }

    @Test
    void lineWithoutEndIsNotHeld() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'a';
            }
        };

        assertRefused(KmsErrorCode.MALFORMED_REQUEST, "line 1 ", endless);
    }

    @Test
    void refusesOctetsThatAreNotUtf8() {
        InputStream latin = new ByteArrayInputStream("sip:\u00fc@example.org".getBytes(StandardCharsets.ISO_8859_1));

        assertRefused(KmsErrorCode.MALFORMED_REQUEST, "cannot be read", latin);
    }

    @Test
    void takesAHundredThousandUsersAndNoMore() {
        String full = "sip:a\n".repeat(BundleList.MAX_USERS);
        assertThat(read(full)).hasSize(BundleList.MAX_USERS);

        assertRefused(
                KmsErrorCode.BODY_TOO_LARGE, "100000", new SequenceInputStream(octets(full), octets("sip:one-more\n")));
    }
}
