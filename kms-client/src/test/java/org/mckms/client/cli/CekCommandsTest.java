package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.TestDomain;
import org.mckms.client.TestPki;

/** {@code kmsctl cek}, {@code serve} and {@code smime --key-store} against a KMS on loopback. */
class CekCommandsTest {
    private static final String REGISTRATION = "alice.reg";
    private static final String SESSION = "8fd1@example.org";
    private static TestPki pki;

    @TempDir
    private Path home;

    private CekHome kms;

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void registerAliceAndTheServer() throws Exception {
        kms = new CekHome(home, pki);
        assertThat(kms.run("cek", "enrol").exit()).isZero();
        run(
                "client-keys",
                "register",
                TestDomain.ALICE,
                "phone",
                "--reason=test",
                "--output=" + file(REGISTRATION),
                "--make-passphrase=" + file("pass"));
        run("import-registration", file(REGISTRATION), "--passphrase-file=" + file("pass"), "--key-store=alice");
    }

    @AfterEach
    void stop() {
        kms.close();
    }

    @Test
    void keepsTheKeysThatComeWithKeySets() {
        run("keyprov", "--key-store=alice");

        assertThat(keys("cek", "keys", "--key-store=alice")).singleElement().satisfies(key -> assertThat(
                        key.asJsonObject().getString("status"))
                .isEqualTo("pending"));
    }

    @Test
    void sealsOnceTheServerHasTheKey() throws Exception {
        Cli.Result pending = kms.run("cek", "current", "--key-store=alice", "--session=" + SESSION);
        assertThat(pending.exit()).isZero();
        assertThat(pending.out()).contains("pending", SESSION);
        assertThat(pending.err()).contains("hint: the server has not acknowledged it");
        Path body = Files.writeString(home.resolve("body"), "mayday");
        List<String> seal = List.of(
                body.toString(),
                "--content-type=text/plain",
                "--key-store=alice",
                "--session=" + SESSION,
                "--output=" + file("sealed"));
        Cli.Result refused = Cli.in(home).run(seal, "smime", "seal");
        assertThat(refused.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("no key is held to seal with");

        assertThat(kms.runTyping("keys\nquit\n", "serve").out())
                .contains("fetched: 01010101", TestDomain.ALICE, SESSION);
        String current = run("cek", "current", "--key-store=alice", "--session=" + SESSION);
        assertThat(current).contains("active");
        assertThat(Cli.in(home).run(seal, "smime", "seal").exit()).isZero();

        Cli.Result served = kms.runTyping(
                "open " + TestDomain.ALICE + " " + file("sealed") + " " + SESSION + "\n"
                        + "open " + TestDomain.BOB + " " + file("sealed") + " " + SESSION + "\n"
                        + "open " + TestDomain.ALICE + " " + file("sealed") + "\n"
                        + "seal " + TestDomain.ALICE + " " + body + " " + SESSION + "\n"
                        + "dance\nquit\n",
                "serve");
        assertThat(served.exit()).isZero();
        assertThat(served.out()).contains("opened: text/plain, 6 octets", "mayday");
        assertThat(served.err().lines().filter(line -> line.startsWith("error: the key 0101")))
                .as("as another user's, and outside its session")
                .hasSize(2);
        assertThat(served.err()).contains("error: say open, seal");
        assertThat(run("smime", "open", body + ".p7m", "--key-store=alice", "--session=" + SESSION))
                .contains("mayday");
    }

    @Test
    void renewsAtBothEndsAndEnds() {
        run("cek", "current", "--key-store=alice");
        assertThat(kms.runTyping("renew " + TestDomain.ALICE + "\nkeys\nquit\n", "serve")
                        .out())
                .contains("renewed: 02020202");
        assertThat(keys("cek", "current", "--key-store=alice").stream()
                        .map(key -> key.asJsonObject().getString("status")))
                .containsExactlyInAnyOrder("retiring", "active");
        run("cek", "renew", "--key-store=alice");
        assertThat(keys("cek", "keys", "--key-store=alice")).hasSize(3);

        run("cek", "end", "--key-store=alice", "--log-off");

        assertThat(keys("cek", "keys", "--key-store=alice")).isEmpty();
        assertThat(kms.runTyping("keys\nquit\n", "serve").out())
                .contains("fetched: 01010101010101010101010101010101 is wiped");
    }

    @Test
    void tellsWhatTheKmsTells() {
        run("cek", "current", "--key-store=alice");

        Cli.Result result = kms.run("cek", "events", "--key-store=alice");

        assertThat(result.out()).contains("01010101010101010101010101010101 pending, revision 1");
        assertThat(result.err()).contains("the KMS ended the stream: test");
    }

    @Test
    void endsByTimeWithoutALine() {
        Cli.Result result = kms.run("serve", "--for=1");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).contains("listening at https://localhost:", "as " + TestDomain.SERVER);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThat(kms.run("cek", "current").exit()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(kms.run("cek", "end", "--key-store=alice").exit()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(kms.run("cek", "end", "--key-store=alice", "--log-off", "--session=x")
                        .exit())
                .isEqualTo(ExitCode.WRONG_USE);
        assertThat(kms.run("cek", "keys", "--key-store=alice").err())
                .contains("no content encryption key is held", "hint: `kmsctl cek current`");
        assertThat(kms.run("serve", "--server=gms", "--url=https://localhost:1/cek")
                        .err())
                .contains("there is no key store", "hint: `kmsctl cek enrol`");
    }

    private String run(String... arguments) {
        Cli.Result result = kms.run(arguments);
        assertThat(result.exit()).as(result.err()).isZero();
        return result.out();
    }

    private JsonArray keys(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        try (JsonReader reader = Json.createReader(new StringReader(run(all)))) {
            return reader.readArray();
        }
    }

    private String file(String name) {
        return kms.file(name).toString();
    }
}
