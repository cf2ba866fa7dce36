package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.client.TestDomain.ALICE;
import static org.mckms.client.TestDomain.BOB;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.client.KeySetCheck;
import org.mckms.client.TestDomain;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsError;
import org.mckms.protocol.message.Role;

class DecodeCommandTest {
    private static final TestDomain.Keys KEYS = TestDomain.keysOf(ALICE);

    @TempDir
    private Path directory;

    private String root;
    private String alice;

    @BeforeEach
    void saveDocuments() throws Exception {
        root = save("root.xml", TestDomain.initDocument());
        alice = save("alice.xml", TestDomain.keyProvDocument(KEYS));
    }

    @Test
    void showsAndChecksAKeySetWithoutItsPrivateKeys() {
        Cli.Result result = run("decode", alice, "--certificate", root);

        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains(ALICE, KEYS.uid(), KEYS.pvt(), "1514", "257 octets, hidden", "32 octets, hidden")
                .doesNotContain(KEYS.ssk(), KEYS.rsk(), "FAILED");
        assertThat(result.out().lines().filter(line -> line.startsWith("  ok ")))
                .hasSize(KeySetCheck.values().length - 1);
        assertThat(result.out()).containsOnlyOnce("  not compared  for the user asked for");
    }

    @Test
    void showsPrivateKeysWhenTold() {
        assertThat(run("decode", alice, "--certificate", root, "--show-secrets").out())
                .contains(KEYS.ssk(), KEYS.rsk());
        assertThat(firstKeySet(run("decode", alice, root, "--show-secrets", "--json"))
                        .getString("ssk"))
                .isEqualTo(KEYS.ssk());
    }

    @Test
    void findsTheRootCertificateAmongTheDocuments() {
        Cli.Result result = run("decode", alice, root, "--json");

        assertThat(result.exit()).isZero();
        assertThat(firstKeySet(result).getBoolean("checked")).isTrue();
        assertThat(firstKeySet(result).getBoolean("valid")).isTrue();
        assertThat(firstKeySet(result)).doesNotContainKeys("ssk", "rsk");
        assertThat(firstKeySet(result).getJsonArray("checks")).hasSize(KeySetCheck.values().length);
        JsonObject certificate =
                result.json().getJsonArray("documents").getJsonObject(1).getJsonObject("kmsInit");
        assertThat(certificate.getString("kmsUri")).isEqualTo(TestDomain.KMS_URI);
        assertThat(certificate.getInt("userKeyPeriod")).isEqualTo(2_592_000);
    }

    @Test
    void endsWithOneWhenNothingWasChecked() {
        Cli.Result result = run("decode", alice);

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("error: the keys were not checked").contains("hint: ", "--no-check");
        assertThat(result.out()).contains(KEYS.uid()).doesNotContain("Checks");
        JsonObject json = firstKeySet(run("decode", alice, "--json"));
        assertThat(json.getBoolean("checked")).isFalse();
        assertThat(json).doesNotContainKeys("valid", "checks");
    }

    @Test
    void checksNothingWhenTold() {
        Cli.Result result = run("decode", alice, root, "--no-check", "--json");

        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(firstKeySet(result).getBoolean("checked")).isFalse();
        assertThat(run("decode", alice, "--no-check", "--certificate", root).exit())
                .isEqualTo(ExitCode.WRONG_USE);
    }

    @Test
    void readsStandardInput() {
        Cli.Result result = Cli.in(directory)
                .typing(new String(TestDomain.keyProvDocument(KEYS), StandardCharsets.UTF_8))
                .run("decode", "--certificate", root);

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains(KEYS.uid());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tampered")
    void endsWithOneWhenAKeyDoesNotFit(String what, TestDomain.Keys keys, KeySetCheck expected) throws Exception {
        String file = save("tampered.xml", TestDomain.keyProvDocument(keys));

        Cli.Result result = run("decode", file, "--certificate", root, "--json");

        assertThat(result.exit()).as(what).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("error: a check failed");
        assertThat(firstKeySet(result).getBoolean("valid")).isFalse();
        assertThat(firstKeySet(result).getJsonArray("checks").getValuesAs(JsonObject.class))
                .filteredOn(check -> check.getString("outcome").equals("FAILED"))
                .extracting(check -> check.getString("check"))
                .containsExactly(expected.name());
    }

    static Stream<Arguments> tampered() {
        TestDomain.Keys bob = TestDomain.keysOf(BOB);
        return Stream.of(
                Arguments.of(
                        "SSK", replaced(KEYS.uid(), KEYS.rsk(), bob.ssk(), KEYS.pvt()), KeySetCheck.SIGNING_KEY_VALID),
                Arguments.of(
                        "PVT", replaced(KEYS.uid(), KEYS.rsk(), KEYS.ssk(), bob.pvt()), KeySetCheck.SIGNING_KEY_VALID),
                Arguments.of(
                        "RSK",
                        replaced(KEYS.uid(), bob.rsk(), KEYS.ssk(), KEYS.pvt()),
                        KeySetCheck.DECRYPTION_KEY_VALID),
                Arguments.of(
                        "UserID",
                        replaced(bob.uid(), KEYS.rsk(), KEYS.ssk(), KEYS.pvt()),
                        KeySetCheck.USER_ID_RECOMPUTED));
    }

    @Test
    void comparesTheUserWhenOneIsNamed() {
        assertThat(run("decode", alice, "--certificate", root, "--user", ALICE).exit())
                .isZero();
        assertThat(run("decode", alice, "--certificate", root, "--user", BOB).exit())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void showsErrorsAndCertificateCaches() throws Exception {
        String error = save("error.xml", TestDomain.document(new KmsError(409, "period not served")));
        String cache = save(
                "cache.xml",
                TestDomain.document(
                        new KmsCertCache(OptionalLong.of(4), List.of(TestDomain.certificate(Role.EXTERNAL, false)))));

        assertThat(run("decode", error).out()).contains("KmsError", "409", "period not served");
        assertThat(run("decode", cache).out()).contains("@CacheNum", "External", TestDomain.CERT_URI);
        JsonObject json = run("decode", error, cache, "--json").json();
        assertThat(json.getJsonArray("documents")
                        .getJsonObject(0)
                        .getJsonObject("kmsError")
                        .getInt("code"))
                .isEqualTo(409);
        assertThat(json.getJsonArray("documents")
                        .getJsonObject(1)
                        .getJsonObject("kmsCertCache")
                        .getInt("cacheNum"))
                .isEqualTo(4);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrongDocuments")
    void namesTheFirstThingThatIsWrong(String text, String fault) throws Exception {
        String file = save("wrong.xml", text.getBytes(StandardCharsets.UTF_8));

        Cli.Result result = run("decode", file, "--no-check");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).startsWith("error: " + file + ": " + fault);
        JsonObject json = run("decode", file, "--no-check", "--json")
                .json()
                .getJsonArray("documents")
                .getJsonObject(0);
        assertThat(json.getJsonArray("faults")).isNotEmpty();
        assertThat(json).doesNotContainKeys("kmsKeyProv");
    }

    static Stream<Arguments> wrongDocuments() {
        String good = new String(TestDomain.keyProvDocument(KEYS), StandardCharsets.UTF_8);
        String inKeySet = "KmsResponse/KmsMessage/KmsKeyProv/KmsKeySet/";
        return Stream.of(
                Arguments.of("", "unknown document: it is empty"),
                Arguments.of("text", "unknown document: neither XML nor"),
                Arguments.of(good.substring(0, good.length() - 20), "the document is not well-formed XML"),
                Arguments.of(
                        good.replace(
                                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
                                "<!DOCTYPE KmsResponse [<!ENTITY x \"y\">]>"),
                        "the document is refused: a document type declaration"),
                Arguments.of(
                        good.replace(KEYS.ssk(), KEYS.ssk().substring(8)),
                        inKeySet + "UserSigningKeySSK/plain key: SSK has 32 octets"),
                Arguments.of(
                        good.replace(KEYS.rsk(), KEYS.rsk().replaceFirst("^04", "05")),
                        inKeySet + "UserDecryptKey/plain key: "),
                Arguments.of(
                        good.replace(KEYS.pvt(), "04" + "0".repeat(128)), inKeySet + "UserPubTokenPVT/plain key: "));
    }

    @Test
    void saysWhichFileIsMissing() {
        Cli.Result result = run("decode", "nowhere.xml");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).isEqualToIgnoringNewLines("error: there is no file nowhere.xml");
    }

    @Test
    void refusesACertificateFileWithoutACertificate() {
        Cli.Result result = run("decode", alice, "--certificate", alice);

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("holds no root certificate").contains("hint: `kmsctl init");
    }

    @Test
    void keepsEscapeSequencesOutOfTheTerminal() {
        assertThat(Console.clean("a\u001B[31mb\u0007c\u202Ed\te\nf")).isEqualTo("a?[31mb?c?d\te\nf");
    }

    private static TestDomain.Keys replaced(String uid, String rsk, String ssk, String pvt) {
        return new TestDomain.Keys(
                KEYS.kmsUri(),
                KEYS.certUri(),
                KEYS.userUri(),
                uid,
                KEYS.validFrom(),
                KEYS.validTo(),
                KEYS.period(),
                false,
                rsk,
                ssk,
                pvt);
    }

    private static JsonObject firstKeySet(Cli.Result result) {
        return result.json()
                .getJsonArray("documents")
                .getJsonObject(0)
                .getJsonArray("kmsKeyProv")
                .getJsonObject(0);
    }

    private Cli.Result run(String... arguments) {
        return Cli.in(directory).run(arguments);
    }

    private String save(String name, byte[] document) throws Exception {
        return Files.write(directory.resolve(name), document).toString();
    }
}
