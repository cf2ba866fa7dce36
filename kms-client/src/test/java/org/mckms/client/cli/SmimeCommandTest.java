package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmimeCommandTest {
    /** Key, Key ID and content with which OpenSSL made the sample. */
    private static final String KEY = "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";

    private static final String KEY_ID = "C4D7EFBFA088370407A72D3788BA3240";
    private static final String CONTENT_TYPE = "application/vnd.3gpp.mcptt-info+xml";
    private static final String BODY = "<mcpttinfo/>";

    @TempDir
    private Path directory;

    private Path sample;
    private Path cek;

    @BeforeEach
    void sampleOfOpenssl() throws IOException {
        sample = directory.resolve("sample.b64");
        try (InputStream in = getClass().getResourceAsStream("/vectors/samples/cek-cms-authenveloped.der.b64")) {
            Files.copy(in, sample);
        }
        cek = Files.writeString(directory.resolve("cek.hex"), KEY + "\n");
    }

    @Test
    void opensWhatOpensslSealed() {
        Cli.Result result = run("open", sample.toString(), "--cek", cek.toString());

        assertThat(result.exit()).as(result.err()).isEqualTo(ExitCode.DONE);
        assertThat(result.out().strip()).isEqualTo(BODY);
        assertThat(result.err()).contains("Content-Type: " + CONTENT_TYPE).contains(KEY_ID);
    }

    @Test
    void sealsWhatItOpens() throws IOException {
        Path multipart = Files.writeString(
                directory.resolve("body"), "--b\r\nContent-Type: text/plain\r\n\r\nmayday \u00FC\r\n--b--\r\n");
        Path sealed = directory.resolve("sealed");
        Cli.Result seal = run(
                "seal",
                multipart.toString(),
                "--content-type=multipart/mixed;boundary=b",
                "--cek=" + cek,
                "--key-id=" + KEY_ID,
                "--output=" + sealed,
                "--json");

        assertThat(seal.exit()).as(seal.err()).isEqualTo(ExitCode.DONE);
        assertThat(seal.json().getString("keyId")).isEqualTo(KEY_ID);
        assertThat(seal.json().getString("contentType"))
                .startsWith("application/pkcs7-mime; smime-type=authEnveloped-data");
        assertThat(new String(Files.readAllBytes(sealed), StandardCharsets.ISO_8859_1))
                .doesNotContain("mayday");
        JsonObject opened =
                run("open", sealed.toString(), "--cek=" + cek, "--json").json();
        assertThat(opened.getString("contentType")).isEqualTo("multipart/mixed;boundary=b");
        assertThat(opened.getString("body")).isEqualTo(Files.readString(multipart));
    }

    @Test
    void savesABodyThatIsNoText() throws IOException {
        byte[] octets = {(byte) 0xFF, 0, 1, '\n', (byte) 0xC0};
        Path body = Files.write(directory.resolve("body"), octets);
        Path sealed = directory.resolve("sealed");
        run(
                "seal",
                body.toString(),
                "--content-type=application/mikey",
                "--cek=" + cek,
                "--key-id=" + KEY_ID,
                "--output=" + sealed);

        Cli.Result shown = run("open", sealed.toString(), "--cek=" + cek);
        assertThat(shown.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(shown.err()).contains("is not text").contains("hint: save it with --output");

        Path opened = directory.resolve("opened");
        Cli.Result saved = run("open", sealed.toString(), "--cek=" + cek, "--output=" + opened);
        assertThat(saved.exit()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readAllBytes(opened)).isEqualTo(octets);
    }

    @Test
    void refusesWhatWasChangedCutOrIsForAnotherKey() throws IOException {
        byte[] der = Base64.getDecoder().decode(Files.readString(sample).strip());
        der[der.length - 1] ^= 1;
        Path altered = Files.write(directory.resolve("altered"), der);
        assertThat(run("open", altered.toString(), "--cek=" + cek).err()).contains("the body does not open");
        assertThat(run("explain", altered.toString(), "--cek=" + cek).exit()).isEqualTo(ExitCode.FAILED);

        Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(der, der.length - 1));
        assertThat(run("open", cut.toString(), "--cek=" + cek).exit()).isEqualTo(ExitCode.FAILED);

        Cli.Result other = run("open", sample.toString(), "--cek=" + cek, "--key-id=" + "00".repeat(16));
        assertThat(other.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(other.err()).contains("no key of the Key ID " + KEY_ID);

        Path otherKey = Files.writeString(directory.resolve("other"), "00".repeat(32));
        assertThat(run("open", sample.toString(), "--cek=" + otherKey).err()).contains("the body does not open");
    }

    @Test
    void explainsEveryFieldWithItsClause() {
        Cli.Result result = run("explain", sample.toString(), "--cek", cek.toString());

        assertThat(result.exit()).as(result.err()).isEqualTo(ExitCode.DONE);
        assertThat(result.out())
                .contains("sealed body")
                .containsPattern("RFC 5652 6.2.3 +keyIdentifier +" + KEY_ID)
                .containsPattern("RFC 5652 6.2.3 +encryptedKey +40 octets")
                .containsPattern("RFC 5084 3.2 +aes-nonce +12 octets")
                .containsPattern("RFC 5083 2.1 +mac +16 octets")
                .contains("ok  the body opens, and nothing in it was changed")
                .contains("Content-Type " + CONTENT_TYPE + ", " + BODY.length() + " octets")
                .doesNotContain(BODY, KEY, KEY.toUpperCase(Locale.ROOT));
    }

    @Test
    void explainsWithoutAKeyAsDecodeDoes() {
        JsonObject explained = run("explain", sample.toString(), "--json").json();
        JsonObject decoded = Cli.in(directory)
                .run("decode", sample.toString(), "--json")
                .json()
                .getJsonArray("documents")
                .getJsonObject(0);

        assertThat(explained.getJsonArray("verified")).isEmpty();
        assertThat(explained.getJsonArray("fields")).isEqualTo(decoded.getJsonArray("fields"));
        assertThat(decoded.getString("kind")).isEqualTo("sealed body");
    }

    @Test
    void saysWhatIsWrongInAForeignEnvelope() throws IOException {
        byte[] der = Base64.getDecoder().decode(Files.readString(sample).strip());
        int version = 31;
        assertThat(der[version]).as("version of the KEKRecipientInfo").isEqualTo((byte) 4);
        der[version] = 3;
        Path foreign = Files.write(directory.resolve("foreign"), der);

        Cli.Result result = run("explain", foreign.toString());

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("KEKRecipientInfo/version: must be 4 (RFC 5652 6.2.3)");
        assertThat(result.out()).containsPattern("aes-nonce +12 octets");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThat(run("open", sample.toString()).exit()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(run("open", cek.toString(), "--cek=" + cek).err()).contains("is not a body sealed under a CEK");
        assertThat(run("open", sample.toString(), "--cek=" + cek, "--key-id=12").exit())
                .isEqualTo(ExitCode.WRONG_USE);
        assertThat(run("seal", cek.toString(), "--content-type=text/plain", "--cek=" + cek, "--output=x")
                        .err())
                .contains("give the Key ID");
        assertThat(run(
                                "seal",
                                cek.toString(),
                                "--content-type=a\nb",
                                "--cek=" + cek,
                                "--key-id=" + KEY_ID,
                                "--output=x")
                        .err())
                .contains("a Content-Type is one line");
    }

    private Cli.Result run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "smime";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Cli.in(directory).run(all);
    }
}
