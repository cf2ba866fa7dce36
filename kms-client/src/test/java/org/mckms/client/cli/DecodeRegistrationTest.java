package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.client.TestDomain.ALICE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.TestDomain;
import org.mckms.client.TestPki;
import org.mckms.client.TestRegistration;
import org.mckms.client.TestSigner;

/** {@code kmsctl decode} on registration files. */
class DecodeRegistrationTest {
    private static final String BASE_URL = "https://kms.example.org";
    private static final String INK = "202122232425262728292A2B2C2D2E2F";

    @TempDir
    private Path directory;

    private final TestSigner signer = TestSigner.of(new TestPki());
    private String file;
    private String passphrase;

    @BeforeEach
    void saveFile() throws IOException {
        file = save("alice.reg", TestRegistration.file(BASE_URL, TestRegistration.NOT_AFTER, signer));
        passphrase = save("passphrase", (TestRegistration.PASSPHRASE + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void explainsTheFileButNeverShowsItsKeys() {
        Cli.Result result = run("decode", file, "--passphrase-file", passphrase, "--show-secrets");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("registration file", "it holds", ALICE, TestRegistration.DEVICE, BASE_URL)
                .contains(TestRegistration.TRK_NAME, TestRegistration.INK_NAME, "2024-05-19T05:52:25Z")
                .contains(TestDomain.certificate().pubAuthKey().octets().toHex())
                .doesNotContainIgnoringCase(INK);
    }

    @Test
    void explainsOnlyTheSignatureOfASealedFile() {
        Cli.Result result = run("decode", file);

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("it holds", "sealed").doesNotContain(ALICE);
    }

    @Test
    void namesAnExpiredRegistration() throws IOException {
        String old = save("old.reg", TestRegistration.file(BASE_URL, TestDomain.NOW.minusSeconds(1), signer));

        Cli.Result result = run("decode", old, "--passphrase-file", passphrase);

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("usable until: the registration has expired");
        assertThat(result.out()).contains(ALICE);
    }

    @Test
    void refusesAWrongPassphraseAndAnAlteredFile() throws IOException {
        String wrong = save("wrong", "another passphrase that is as long 4711\n".getBytes(StandardCharsets.UTF_8));
        assertThat(run("decode", file, "--passphrase-file", wrong).exit()).isEqualTo(ExitCode.FAILED);

        byte[] altered = Files.readAllBytes(Path.of(file));
        altered[altered.length / 2] ^= 1;
        Cli.Result result = run("decode", save("altered.reg", altered), "--passphrase-file", passphrase);
        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).startsWith("error: ").doesNotContain("Exception");
    }

    @Test
    void wantsOneOpenerOnly() {
        assertThat(run("decode", file, "--recipient-cert", "x.pem").exit()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(run("decode", file, "--passphrase-file", "p", "--recipient-cert", "x", "--recipient-key", "y")
                        .exit())
                .isEqualTo(ExitCode.WRONG_USE);
    }

    private Cli.Result run(String... arguments) {
        return Cli.in(directory).run(arguments);
    }

    private String save(String name, byte[] document) throws IOException {
        return Files.write(directory.resolve(name), document).toString();
    }
}
