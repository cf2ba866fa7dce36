package org.mckms.protocol.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.protocol.smime.CekFixtures.cek;
import static org.mckms.protocol.smime.CekFixtures.only;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class SmimeBodyTest {
    private final SecureRandom random = new SecureRandom();
    private final ContentEncryptionKey cek = cek();

    @AfterEach
    void close() {
        cek.close();
    }

    private SipBody sealed(String entity) {
        byte[] octets = entity.getBytes(StandardCharsets.UTF_8);
        return new SipBody(SmimeBody.CONTENT_TYPE, Octets.copyOf(CekEnvelope.seal(octets, cek, random)));
    }

    private void assertRefused(SipBody body, KmsErrorCode code) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> SmimeBody.open(body, only(cek)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aMultipartBodyComesBackAsItWas() {
        SipBody multipart = new SipBody(
                "multipart/mixed;boundary=\"b1\"",
                Octets.ofAscii("--b1\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--b1--\r\n"));

        SipBody sealed = SmimeBody.seal(multipart, cek, random);

        assertThat(sealed.contentType()).startsWith("application/pkcs7-mime; smime-type=authEnveloped-data");
        assertThat(SmimeBody.isSealed(sealed)).isTrue();
        assertThat(SmimeBody.open(sealed, only(cek))).isEqualTo(multipart);
    }

    @Test
    void headerFieldsOfOthersAreReadOver() {
        SipBody opened = SmimeBody.open(
                sealed("Content-Disposition: render\r\ncontent-TYPE:  text/plain\r\n"
                        + "Content-Transfer-Encoding: binary\r\n\r\nhello"),
                only(cek));

        assertThat(opened).isEqualTo(new SipBody("text/plain", Octets.ofAscii("hello")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "no header at all",
                "X: y\r\n\r\nbody without a type",
                "Content-Type: text/plain\r\nContent-Type: text/html\r\n\r\ntwo types",
                "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=",
                "Content-Type: text/plain\r\n",
                "Content-Type: tëxt\r\n\r\nnot ASCII"
            })
    void entitiesThatAreNoneAreRefused(String entity) {
        assertRefused(sealed(entity), KmsErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void aHeaderWithoutEndIsRefused() {
        assertRefused(sealed("A: b\r\n".repeat(20) + "\r\n"), KmsErrorCode.MALFORMED_REQUEST);
        assertRefused(sealed("A: " + "b".repeat(2000) + "\r\n\r\n"), KmsErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void aBodyThatIsNotSealedIsNotOpened() {
        assertRefused(new SipBody("text/plain", Octets.ofAscii("x")), KmsErrorCode.UNSUPPORTED_MEDIA_TYPE);
        assertThat(SmimeBody.isSealed(new SipBody("APPLICATION/PKCS7-MIME", Octets.ofAscii("x"))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "text/plain\r\nX: y", "text/pläin"})
    void aContentTypeIsOneLine(String type) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> new SipBody(type, Octets.ofAscii("x")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST));
    }
}
