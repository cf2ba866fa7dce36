package org.mckms.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.protocol.error.KmsErrorCode.BODY_TOO_LARGE;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class JsonBodyTest {

    private static final Set<String> EXPECTED = Set.of("pin", "uri", "number", "list");

    private static JsonBody read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonBody read(byte[] octets) {
        return JsonBody.read(new ByteArrayInputStream(octets), EXPECTED);
    }

    @Test
    void readsStringsAndNumbers() {
        try (JsonBody body = read(" {\n\"pin\" : \"1234\" ,\t\"number\":-42,\"uri\":\"sip:a@example.org\"}\r\n")) {
            assertThat(body.secret("pin", 10)).containsExactly('1', '2', '3', '4');
            assertThat(body.number("number")).isEqualTo(-42);
            assertThat(body.text("uri", 100)).isEqualTo("sip:a@example.org");
            assertThat(body.has("pin")).isTrue();
        }
        try (JsonBody empty = read("{}")) {
            assertThat(empty.has("pin")).isFalse();
            assertThat(empty.optionalText("uri", 5)).isEmpty();
        }
    }

    @Test
    void readsLists() {
        try (JsonBody body = read("{\"list\":[ \"sip:a@example.org\" , \"\\u0062\"],\"uri\":\"c\"}")) {
            assertThat(body.texts("list", 2, 17)).containsExactly("sip:a@example.org", "b");
        }
        try (JsonBody body = read("{\"list\":[ ]}")) {
            assertThat(body.texts("list", 2, 17)).isEmpty();
            assertThat(body.has("list")).isTrue();
        }
        try (JsonBody body = read("{}")) {
            assertThat(body.texts("list", 2, 17)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\"", "7", "[\"a\",\"b\",\"c\"]", "[\"a\",\"\"]", "[\"abcdef\"]", "[\"a\\u0000\"]"})
    void refusesListsThatAreNoneOrTooLong(String value) {
        try (JsonBody body = read("{\"list\":" + value + "}")) {
            assertCode(MALFORMED_REQUEST, () -> body.texts("list", 2, 5));
        }
    }

    @Test
    void refusesAListWhereAStringOrNumberIsMeant() {
        try (JsonBody body = read("{\"uri\":[],\"number\":[\"7\"],\"pin\":[\"1\"]}")) {
            assertCode(MALFORMED_REQUEST, () -> body.text("uri", 5));
            assertCode(MALFORMED_REQUEST, () -> body.number("number"));
            assertCode(MALFORMED_REQUEST, () -> body.secret("pin", 5));
        }
    }

    @Test
    void readsAThousandEntriesAndNoMore() {
        String thousand = "\"a\",".repeat(999) + "\"a\"";
        try (JsonBody body = read("{\"list\":[" + thousand + "]}")) {
            assertThat(body.texts("list", 1000, 1)).hasSize(1000);
        }
        assertCode(MALFORMED_REQUEST, () -> read("{\"list\":[" + thousand + ",\"a\"]}"));
    }

    /** Escapes of RFC 8259 clause 7. */
    @Test
    void readsEscapes() {
        try (JsonBody body = read("{\"pin\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83D\\uDE00\u00e4\\u0000\"}")) {
            assertThat(new String(body.secret("pin", 30))).isEqualTo("\"\\/\b\f\n\r\t\u00e4\uD83D\uDE00\u00e4\0");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"pin\"",
                "{",
                "}",
                "{\"pin\"}",
                "{\"pin\":}",
                "{\"pin\":\"1\"",
                "{\"pin\":\"1\",}",
                "{,}",
                "{\"pin\":\"1\" \"uri\":\"2\"}",
                "{\"pin\":\"1\"}x",
                "{\"pin\":\"1\"}{}",
                "{pin:\"1\"}",
                "{'pin':'1'}",
                "{\"pin\":\"1}",
                "{\"pin\":\"1\\\"}",
                "{\"pin\":\"\\x\"}",
                "{\"pin\":\"\\u12\"}",
                "{\"pin\":\"\\u12G4\"}",
                "{\"pin\":\"a\nb\"}",
                "{\"pin\":\"a\u0000\"}",
                "{\"pin\":null}",
                "{\"pin\":true}",
                "{\"list\":[\"1\"}",
                "{\"list\":[\"1\",]}",
                "{\"list\":[,]}",
                "{\"list\":[\"1\" \"2\"]}",
                "{\"list\":[1]}",
                "{\"list\":[[]]}",
                "{\"list\":[null]}",
                "{\"list\":[\"1\"",
                "{\"list\":[",
                "{\"pin\":{\"a\":\"1\"}}",
                "{\"pin\":\"1\",\"pin\":\"2\"}",
                "{\"pin\":\"1\",\"\\u0070in\":\"2\"}",
                "{\"other\":\"1\"}",
                "{\"number\":1.0}",
                "{\"number\":1e3}",
                "{\"number\":01}",
                "{\"number\":-}",
                "{\"number\":+1}",
                "{\"number\":1234567890123456789}",
                "/**/{}",
                "\uFEFF{}"
            })
    void refusesAnythingElse(String text) {
        assertCode(MALFORMED_REQUEST, () -> read(text));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertCode(MALFORMED_REQUEST, () -> read("{\"pin\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1)));
        assertCode(MALFORMED_REQUEST, () -> read("{}".getBytes(StandardCharsets.UTF_16)));
    }

    @Test
    void reads16KibAndNoMore() {
        String longest = "{\"pin\":\"" + "1".repeat(16 * 1024 - 10) + "\"}";
        assertThat(longest).hasSize(16 * 1024);
        read(longest).close();
        assertCode(BODY_TOO_LARGE, () -> read(longest + " "));
    }

    @Test
    void refusesABodyThatBreaksOff() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
        assertCode(MALFORMED_REQUEST, () -> JsonBody.read(broken, EXPECTED));
    }

    @Test
    void refusesABodyThatTricklesOn() {
        AtomicLong nanos = new AtomicLong();
        InputStream trickle = everySecondAnOctet(nanos, 100);
        assertThatThrownBy(() -> JsonBody.read(trickle, EXPECTED, nanos::get))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(MALFORMED_REQUEST))
                .hasMessage("the body is not complete after 10 s");
        assertThat(nanos).hasValue(11_000_000_000L);
        AtomicLong again = new AtomicLong();
        assertThatThrownBy(() -> JsonBody.read(everySecondAnOctet(again, 9), EXPECTED, again::get))
                .hasMessageNotContaining("not complete");
    }

    private static InputStream everySecondAnOctet(AtomicLong nanos, int octets) {
        return new InputStream() {
            private int left = octets;

            @Override
            public int read() {
                nanos.addAndGet(1_000_000_000L);
                return left-- > 0 ? ' ' : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                if (left == 0) {
                    return -1;
                }
                into[offset] = (byte) read();
                return 1;
            }
        };
    }

    @Test
    void leavesNothingOfABodyThatIsNotUtf8() {
        byte[] octets = "{\"pin\":\"1234?".getBytes(StandardCharsets.US_ASCII);
        octets[octets.length - 1] = (byte) 0xC0;
        char[] buffer = new char[octets.length];
        assertCode(MALFORMED_REQUEST, () -> JsonBody.decode(octets, buffer));
        assertThat(buffer).containsOnly('\0');
        byte[] good = "1234".getBytes(StandardCharsets.US_ASCII);
        char[] other = new char[good.length];
        assertThat(JsonBody.decode(good, other)).containsExactly('1', '2', '3', '4');
        assertThat(other).containsOnly('\0');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pin\":\"1234\\q\"}",
                "{\"pin\":\"1234\\u12G4\"}",
                "{\"pin\":\"1234\\u12\"}",
                "{\"pin\":\"1234\n\"}",
                "{\"pin\":\"1234",
                "{\"pin\":\"1234\\",
                "{\"pin\":\"1234\"}",
            })
    void leavesNothingOfAStringInItsWorkingArrays(String text) {
        List<char[]> arrays = new ArrayList<>();
        FlatJsonParser parser = new FlatJsonParser(text.toCharArray(), length -> {
            arrays.add(new char[length]);
            return arrays.get(arrays.size() - 1);
        });
        try {
            parser.parse();
        } catch (KmsException e) {
            assertThat(e.code()).isEqualTo(MALFORMED_REQUEST);
        }
        assertThat(arrays).hasSize(2).allSatisfy(array -> assertThat(array).containsOnly('\0'));
    }

    @ParameterizedTest
    @CsvSource({"''", "'   '", "abcdef", "'a\\nb'", "'a\\u0085'", "'a\\ud800'"})
    void refusesTextsThatAreBlankTooLongOrNotPrintable(String value) {
        try (JsonBody body = read("{\"uri\":\"" + value + "\"}")) {
            assertCode(MALFORMED_REQUEST, () -> body.text("uri", 5));
        }
    }

    @Test
    void refusesTheWrongTypeAndTheMissing() {
        try (JsonBody body = read("{\"uri\":7,\"number\":\"7\"}")) {
            assertCode(MALFORMED_REQUEST, () -> body.text("uri", 5));
            assertCode(MALFORMED_REQUEST, () -> body.secret("uri", 5));
            assertCode(MALFORMED_REQUEST, () -> body.number("number"));
            assertCode(MALFORMED_REQUEST, () -> body.text("pin", 5));
            assertCode(MALFORMED_REQUEST, () -> body.secret("pin", 5));
            assertCode(MALFORMED_REQUEST, () -> body.number("pin"));
        }
    }

    @Test
    void refusesSecretsThatAreEmptyOrTooLong() {
        try (JsonBody body = read("{\"pin\":\"\",\"uri\":\"123456\"}")) {
            assertCode(MALFORMED_REQUEST, () -> body.secret("pin", 5));
            assertCode(MALFORMED_REQUEST, () -> body.secret("uri", 5));
        }
    }

    @Test
    void tellsNothingOfASecretInAnError() {
        assertThatThrownBy(() -> read("{\"pin\":\"geheim\" \"x\"}")).hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> read("{\"pin\":\"geheim\",\"pin\":\"geheim\"}"))
                .hasMessageNotContaining("geheim");
    }

    @Test
    void forgetsWhenClosed() {
        JsonBody body = read("{\"pin\":\"1234\"}");
        body.close();
        assertThat(body.secret("pin", 10)).containsOnly('\0');
    }

    private static void assertCode(KmsErrorCode code, Runnable action) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
