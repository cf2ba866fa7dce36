package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.client.TestDomain.ALICE;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.TestPki;

/** {@code kmsctl decode} on the tokens that {@code kmsctl token} mints. */
class DecodeTokenTest {
    private static final URI NOWHERE = URI.create("https://localhost:1");

    @TempDir
    private Path directory;

    private Path home;
    private String jwks;
    private Path file;

    @BeforeEach
    void mintToken() throws Exception {
        home = TestHome.make(directory.resolve("home"), new TestPki(), NOWHERE, NOWHERE);
        jwks = home.resolve("idm/jwks.json").toString();
        file = Files.writeString(
                directory.resolve("alice.jwt"), run("token", "--user", ALICE).out());
    }

    @Test
    void explainsAndVerifiesAToken() {
        Cli.Result result = run("decode", file.toString(), "--jwks", jwks);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("access token", "RFC 7515 4.1.1", "ES256", "mcptt_id", ALICE);
    }

    @Test
    void saysThatNothingWasVerifiedWithoutKeys() {
        Cli.Result result = run("decode", file.toString());

        assertThat(result.exit()).isZero();
        assertThat(result.err()).startsWith("warning: " + file + ": the signature was not verified");
    }

    @Test
    void findsAnAlteredToken() throws Exception {
        String token = Files.readString(file).strip();
        char changed = token.charAt(token.length() - 5) == 'A' ? 'B' : 'A';
        Files.writeString(file, token.substring(0, token.length() - 5) + changed + token.substring(token.length() - 4));

        Cli.Result result = run("decode", file.toString(), "--jwks", jwks);

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("signature: no key of the JWKS verifies", "TS 33.180 clause B.11.2");
    }

    @Test
    void findsATokenOfAnotherIssuer() throws Exception {
        Path other = TestHome.make(directory.resolve("other"), new TestPki(), NOWHERE, NOWHERE);

        Cli.Result result = run(
                "decode",
                file.toString(),
                "--jwks",
                other.resolve("idm/jwks.json").toString());

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("the JWKS has no key named dev-idm-");
    }

    @Test
    void refusesWhatIsNoJwks() {
        Cli.Result result = run("decode", file.toString(), "--jwks", file.toString());

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("is not a JWKS");
    }

    private Cli.Result run(String... arguments) {
        return Cli.in(home).run(arguments);
    }
}
