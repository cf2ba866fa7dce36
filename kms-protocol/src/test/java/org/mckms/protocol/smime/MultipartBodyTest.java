package org.mckms.protocol.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class MultipartBodyTest {
    private static final String TYPE = "multipart/mixed;boundary=b1";
    private static final String SDP_PART = "Content-Type: application/sdp\r\n\r\nv=0\r\n";

    private static SipBody body(String text) {
        return new SipBody(TYPE, Octets.ofAscii(text));
    }

    private static void assertRefused(SipBody body, KmsErrorCode code) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> MultipartBody.parse(body).parts())
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void partsComeBackAsTheyWere() {
        BodyPart sdp = BodyPart.of("application/sdp", Octets.ofAscii("v=0\r\n"));
        BodyPart binary = BodyPart.of("application/mikey", "1@a", Octets.copyOf(new byte[] {0, 13, 10, 45, 45, -1}));

        SipBody body =
                MultipartBody.of(MultipartBody.MIXED, List.of(sdp, binary)).toBody();

        assertThat(MultipartBody.isMultipart(body)).isTrue();
        assertThat(MultipartBody.parse(body).mediaType()).isEqualTo("multipart/mixed");
        assertThat(MultipartBody.parse(body).parts()).containsExactly(sdp, binary);
    }

    /** The example of RFC 2046 clause 5.1.1, with CRLF. */
    @Test
    void readsTheExampleOfTheStandard() {
        String text = "This is the preamble.  It is to be ignored, though it\r\nis a handy place for notes.\r\n"
                + "\r\n--simple boundary\r\n\r\n"
                + "This is implicitly typed plain US-ASCII text.\r\nIt does NOT end with a linebreak.\r\n"
                + "--simple boundary\r\nContent-type: text/plain; charset=us-ascii\r\n\r\n"
                + "This is explicitly typed plain US-ASCII text.\r\nIt DOES end with a linebreak.\r\n\r\n"
                + "--simple boundary--\r\n\r\nThis is the epilogue.  It is also to be ignored.\r\n";
        List<BodyPart> parts = MultipartBody.parse(
                        new SipBody("multipart/mixed; boundary=\"simple boundary\"", Octets.ofAscii(text)))
                .parts();

        assertThat(parts).hasSize(2);
        assertThat(parts.get(0).contentType()).isEqualTo("text/plain");
        assertThat(parts.get(0).content())
                .isEqualTo(Octets.ofAscii(
                        "This is implicitly typed plain US-ASCII text.\r\n" + "It does NOT end with a linebreak."));
        assertThat(parts.get(1).content().toHex()).endsWith("2E0D0A");
    }

    @Test
    void aLineThatOnlyBeginsLikeABoundaryIsContent() {
        assertThat(MultipartBody.parse(body("--b1\r\n\r\n--b12\r\n--b1-\r\n--b1--\r\n"))
                        .parts()
                        .get(0)
                        .content())
                .isEqualTo(Octets.ofAscii("--b12\r\n--b1-"));
    }

    @Test
    void whiteSpaceMayFollowABoundaryAndTheEndMayHaveNoLineBreak() {
        assertThat(MultipartBody.parse(body("--b1 \t\r\n" + SDP_PART + "\r\n--b1--"))
                        .parts())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no boundary at all",
                "--b1--\r\n",
                "--b1\r\n" + SDP_PART,
                "--b1\r\n" + SDP_PART + "\r\n--b1\r\n",
                "--b1\r\n--b1--\r\n",
                "--b1\n" + SDP_PART + "\n--b1--\n",
                "--b1\r\nno header\r\n--b1--\r\n",
                "--b1\r\nno header\r\n\r\nx\r\n--b1--\r\n",
                "--b1\r\n goes on\r\n\r\nx\r\n--b1--\r\n"
            })
    void bodiesThatAreNoneAreRefused(String text) {
        assertRefused(body(text), KmsErrorCode.MALFORMED_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/mixed",
                "multipart/mixed;boundary=",
                "multipart/mixed;boundary=\"\"",
                "multipart/mixed;boundary=\"ends with space \"",
                "multipart/mixed;boundary=b1;boundary=b2",
                "multipart/mixed boundary=b1",
                "text/plain;boundary=b1",
                "multipart;boundary=b1"
            })
    void typesWithoutOneBoundaryAreRefused(String type) {
        assertRefused(
                new SipBody(type, Octets.ofAscii("--b1\r\n" + SDP_PART + "\r\n--b1--\r\n")),
                KmsErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void thereAreLimits() {
        assertRefused(body(("--b1\r\n" + SDP_PART + "\r\n").repeat(33) + "--b1--\r\n"), KmsErrorCode.MALFORMED_REQUEST);
        assertRefused(body("x".repeat(1024 * 1024 + 1)), KmsErrorCode.BODY_TOO_LARGE);
        assertRefused(body("--b1\r\n" + "A: b\r\n".repeat(17) + "\r\nx\r\n--b1--\r\n"), KmsErrorCode.MALFORMED_REQUEST);
    }
}
