package org.mckms.protocol.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.protocol.smime.CekFixtures.KEY;
import static org.mckms.protocol.smime.CekFixtures.KEY_ID;
import static org.mckms.protocol.smime.CekFixtures.cek;
import static org.mckms.protocol.smime.CekFixtures.only;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.tool.ExternalTool;

/** OpenSSL opens what we seal under a CEK, and we open what it seals. */
class OpensslCekTest {
    private static final SipBody BODY = new SipBody(
            "application/vnd.3gpp.mcptt-info+xml",
            Octets.copyOf("<mcpttinfo>ruf mich an: äöü</mcpttinfo>".getBytes(StandardCharsets.UTF_8)));

    @TempDir
    private Path folder;

    private ExternalTool openssl;

    @BeforeEach
    void tool() {
        openssl = new ExternalTool("openssl", folder);
    }

    @Test
    void opensslOpensOurs() {
        try (ContentEncryptionKey cek = cek()) {
            openssl.write(
                    "ours.der",
                    SmimeBody.seal(BODY, cek, new SecureRandom()).octets().toByteArray());
        }

        openssl.succeeds(
                "cms",
                "-decrypt",
                "-binary",
                "-inform",
                "DER",
                "-in",
                "ours.der",
                "-secretkey",
                KEY,
                "-secretkeyid",
                KEY_ID,
                "-out",
                "opened");

        assertThat(new String(openssl.read("opened"), StandardCharsets.UTF_8))
                .isEqualTo("Content-Type: " + BODY.contentType() + "\r\n\r\n"
                        + new String(BODY.octets().toByteArray(), StandardCharsets.UTF_8));
    }

    @Test
    void opensslOpensNothingWithAnotherKey() {
        try (ContentEncryptionKey cek = cek()) {
            openssl.write(
                    "ours.der",
                    SmimeBody.seal(BODY, cek, new SecureRandom()).octets().toByteArray());
        }

        assertThat(openssl.run(
                                "cms",
                                "-decrypt",
                                "-binary",
                                "-inform",
                                "DER",
                                "-in",
                                "ours.der",
                                "-secretkey",
                                "ff".repeat(32),
                                "-secretkeyid",
                                KEY_ID,
                                "-out",
                                "opened")
                        .exitCode())
                .isNotZero();
    }

    @Test
    void weOpenWhatOpensslSeals() {
        String entity = "Content-Type: text/plain\r\n\r\nfrom OpenSSL";
        openssl.write("entity", entity.getBytes(StandardCharsets.US_ASCII));
        openssl.succeeds(
                "cms",
                "-encrypt",
                "-binary",
                "-aes-256-gcm",
                "-in",
                "entity",
                "-outform",
                "DER",
                "-secretkey",
                KEY,
                "-secretkeyid",
                KEY_ID,
                "-out",
                "theirs.der");

        try (ContentEncryptionKey cek = cek()) {
            SipBody sealed = new SipBody(SmimeBody.CONTENT_TYPE, Octets.copyOf(openssl.read("theirs.der")));

            assertThat(SmimeBody.open(sealed, only(cek)))
                    .isEqualTo(new SipBody("text/plain", Octets.ofAscii("from OpenSSL")));
        }
    }
}
