package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.client.ClientBench.ALICE;
import static org.mckms.client.ClientBench.FIRST;
import static org.mckms.client.ClientBench.NOW;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.StubKms;
import org.mckms.client.StubKms.Misdeed;
import org.mckms.client.StubServer;
import org.mckms.client.TestDomain;
import org.mckms.client.TestEpoch;
import org.mckms.client.TestPki;
import org.mckms.client.TestRegistration;
import org.mckms.client.TestSigner;
import org.mckms.client.store.TestKeys;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.protocol.bundle.ProvisioningBundle;
import org.mckms.protocol.bundle.ProvisioningBundles;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ResponseProtection;
import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.sealed.Recipient;
import org.mckms.protocol.security.ClientKeys;

/** The commands of a device with a key store, against a KMS on loopback that signs, wraps and rotates. */
class DeviceCommandsTest {
    private static final String PARTNER_URI = "kms.partner.example";
    private static TestPki pki;

    @TempDir
    private Path home;

    private final TestSigner signer = TestSigner.of(pki);
    private StubServer server;
    private StubKms kms;
    private String registration;
    private String passphrase;

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() throws Exception {
        server = new StubServer(pki);
        kms = new StubKms(ALICE, FIRST, TestDomain.CLOCK);
        server.answers(kms);
        TestHome.make(home, pki, server.address(), server.address());
        registration = save(
                "alice.reg",
                TestRegistration.file(
                        server.address().toString(),
                        TestRegistration.NOT_AFTER,
                        signer,
                        TestKeys.clientKeys(1, ALICE),
                        FIRST.root()));
        passphrase = save("passphrase", TestRegistration.PASSPHRASE.getBytes(StandardCharsets.US_ASCII));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void importsARegistrationIntoANewKeyStore() throws IOException {
        Cli.Result result = importRegistration();

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(ALICE + " on phone-1", "tk.1." + ALICE + ", ink.1." + ALICE)
                .contains(CertificatePin.sha256(signer.certificate()));
        assertThat(result.err()).contains("hint: compare the SHA-256");
        for (String file : new String[] {"clients/alice.keys", "clients/alice.passphrase"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file))))
                    .isEqualTo("rw-------");
        }

        assertThat(importRegistration().exit()).as("again").isZero();
        JsonObject shown =
                run("key-store", "show", "--key-store", "alice", "--json").json();
        assertThat(shown.getString("device")).isEqualTo("phone-1");
        assertThat(shown.getJsonArray("rootCertificates")).hasSize(1);
        assertThat(shown.getJsonArray("keySets")).isEmpty();
    }

    @Test
    void refusesARegistrationThatItCannotOpenOrTrust() throws IOException {
        String wrong = save("wrong", "another passphrase of 4711 words".getBytes(StandardCharsets.US_ASCII));
        String other = save("other.pem", TestSigner.of(pki).pem().getBytes(StandardCharsets.US_ASCII));

        Cli.Result notOpened =
                run("import-registration", registration, "--passphrase-file", wrong, "--key-store", "alice");
        Cli.Result notTrusted = run(
                "import-registration",
                registration,
                "--passphrase-file",
                passphrase,
                "--signer",
                other,
                "--key-store",
                "alice");

        assertThat(notOpened.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(notOpened.err()).contains("error: the registration file is not accepted");
        assertThat(notTrusted.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(home.resolve("clients/alice.keys")).doesNotExist();
    }

    @Test
    void takesAFileForItsKeyOnlyFromASignerThatItKnows() throws IOException {
        TestPki.Holder device = pki.issue("phone-1");
        String genuine = save("genuine.reg", sealedFor(device, signer, 1));
        String forged = save("forged.reg", sealedFor(device, TestSigner.of(pki), 2));
        String signerFile = save("signer.pem", signer.pem().getBytes(StandardCharsets.US_ASCII));

        Cli.Result unpinned = importWithKey(device, genuine);
        assertThat(unpinned.exit()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(unpinned.err()).contains("--signer");
        assertThat(importWithKey(device, forged, "--signer", signerFile).exit()).isEqualTo(ExitCode.FAILED);
        assertThat(home.resolve("clients/alice.keys")).doesNotExist();

        assertThat(importWithKey(device, genuine, "--signer", signerFile).exit())
                .isZero();
        assertThat(importWithKey(device, forged).exit())
                .as("forged, against the pin of the store")
                .isEqualTo(ExitCode.FAILED);
        Cli.Result renewed = importWithKey(device, genuine);
        assertThat(renewed.exit()).as(renewed.err()).isZero();
        assertThat(renewed.out()).contains("ink.1." + ALICE);
    }

    @Test
    void asksForPassphrasesAtTheTerminal() {
        String file = home.resolve("phone.keys").toString();

        Cli.Result result = Cli.in(home)
                .typingSecret(TestRegistration.PASSPHRASE)
                .run("import-registration", registration, "--key-store", file);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(run("key-store", "show", "--key-store", file).exit()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(Cli.in(home)
                        .typingSecret("a wrong one")
                        .run("key-store", "show", "--key-store", file)
                        .exit())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void speaksSignedAndWrappedWithItsKeyStore() {
        importRegistration();

        Cli.Result init = run("init", "--key-store", "alice");
        assertThat(init.exit()).as(init.err()).isZero();
        assertThat(init.out())
                .contains("root certificate", FIRST.root().certUri().orElseThrow());

        Cli.Result keys = run("keyprov", "--key-store", "alice");
        assertThat(keys.exit()).as(keys.err()).isZero();
        assertThat(keys.out()).contains("signed answer, wrapped keys", ALICE, "1514", "tk.1." + ALICE);
        assertThat(run("keyprov", ALICE, "2024-05-18", "--key-store", "alice").exit())
                .isZero();
        assertThat(run("key-store", "show", "--key-store", "alice").out()).contains("1514", "2024-05-10T00:00:00Z");
    }

    @Test
    void takesNewKeysOver() {
        importRegistration();
        kms.ordersRotation();

        JsonObject announced = run("keyprov", "--key-store", "alice", "--json").json();
        assertThat(announced.getJsonObject("keys").getJsonArray("pending").getString(1))
                .isEqualTo("ink.2." + ALICE);

        JsonObject used = run("keyprov", "--key-store", "alice", "--json").json();
        assertThat(used.getJsonObject("keys").getJsonArray("active").getString(0))
                .isEqualTo("tk.2." + ALICE);
        assertThat(used.getJsonObject("keys").getJsonArray("pending")).isEmpty();
        assertThat(kms.activePair()).isEqualTo(2);
    }

    @Test
    void refusesABadAnswer() {
        importRegistration();
        for (Misdeed misdeed : List.of(Misdeed.UNSIGNED, Misdeed.KEYS_IN_CLEAR, Misdeed.KEYS_OF_ANOTHER_USER)) {
            kms.does(misdeed);

            Cli.Result result = run("keyprov", "--key-store", "alice");

            assertThat(result.exit()).as(misdeed.name()).isEqualTo(ExitCode.FAILED);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains("error: ").doesNotContain("Exception");
        }
    }

    @Test
    void fetchesCertificatesOfPartners() {
        importRegistration();
        TestEpoch partner = TestEpoch.of(
                9, PARTNER_URI, new KeyPeriodSchedule(604_800, 3600), NOW.minusSeconds(3600), Optional.empty());
        kms.adds(partner.external(false));
        kms.knows("sip:dora@partner.example", partner);

        assertThat(run("cert", PARTNER_URI, "--key-store", "alice").out()).contains("External", PARTNER_URI);
        assertThat(run("certcache", "--key-store", "alice").out()).contains(PARTNER_URI);
        assertThat(run("lookup", "sip:dora@partner.example", "--key-store", "alice")
                        .out())
                .isEqualToIgnoringNewLines(PARTNER_URI);
        assertThat(run("lookup", "sip:nobody@example.net", "--key-store", "alice")
                        .out())
                .contains("no KMS is known");
        assertThat(run("cert", "kms.unknown.example", "--key-store", "alice").exit())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void importsABundleWithoutANetwork() throws IOException {
        importRegistration();
        server.close();
        String bundle = save("alice.bundle", bundle(signer));

        Cli.Result result = run("import-bundle", bundle, "--key-store", "alice");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("2 key sets checked", "1514", "1515");
        JsonObject shown =
                run("key-store", "show", "--key-store", "alice", "--json").json();
        assertThat(shown.getJsonArray("keySets")).hasSize(2);
    }

    @Test
    void refusesABundleOfAnotherSigner() throws IOException {
        importRegistration();

        Cli.Result result = run("import-bundle", save("b", bundle(TestSigner.of(pki))), "--key-store", "alice");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("error: the bundle is not accepted");
    }

    @Test
    void wrongUseIsTold() {
        assertThat(run("import-bundle", "x").exit()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(run("keyprov", "--key-store", "alice", "--with-body").exit()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(run("keyprov", "--key-store", "alice", "--output", "x").exit())
                .isEqualTo(ExitCode.WRONG_USE);
        Cli.Result missing = run("keyprov", "--key-store", "nobody");
        assertThat(missing.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(missing.err()).contains("hint: `kmsctl import-registration`");
    }

    private static byte[] bundle(TestSigner by) {
        KeyPeriod now = FIRST.root().schedule().at(NOW);
        byte[] init = signed(new KmsInit(FIRST.root()));
        byte[] keys = signed(new KmsKeyProv(List.of(FIRST.keySet(ALICE, now), FIRST.keySet(ALICE, now.next()))));
        return ProvisioningBundles.sign(
                new ProvisioningBundle(
                        TestDomain.KMS_URI,
                        ALICE,
                        TestRegistration.DEVICE,
                        NOW,
                        Octets.copyOf(init),
                        Octets.copyOf(keys)),
                by);
    }

    private static byte[] signed(KmsAnswer answer) {
        try (ClientKeys keys = TestKeys.clientKeys(1, ALICE);
                ResponseProtection protection = new ResponseProtection(
                        Optional.of(keys.transportKey().copy()),
                        Optional.of(keys.signingKey().copy()));
                KmsResponse response = new KmsResponse(
                        ALICE, TestDomain.KMS_URI, NOW, Optional.empty(), "https://kms.example.org/bundle", answer)) {
            return KmsResponseCodec.encode(response, WireDialect.STANDARD, protection);
        }
    }

    private byte[] sealedFor(TestPki.Holder device, TestSigner by, int pair) {
        return TestRegistration.file(
                server.address().toString(),
                TestRegistration.NOT_AFTER,
                by,
                TestKeys.clientKeys(pair, ALICE),
                FIRST.root(),
                Recipient.certificate(device.certificate()));
    }

    private Cli.Result importWithKey(TestPki.Holder device, String file, String... more) throws IOException {
        try {
            String certificate =
                    save("device.pem", ascii("CERTIFICATE", device.certificate().getEncoded()));
            String key = save("device.key", ascii("PRIVATE KEY", device.key().getEncoded()));
            List<String> arguments = new ArrayList<>(List.of("import-registration", file, "--key-store", "alice"));
            arguments.addAll(List.of("--recipient-cert", certificate, "--recipient-key", key));
            arguments.addAll(List.of(more));
            return run(arguments.toArray(String[]::new));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] ascii(String type, byte[] der) {
        return TestPki.pem(type, der).getBytes(StandardCharsets.US_ASCII);
    }

    private Cli.Result importRegistration() {
        return run("import-registration", registration, "--passphrase-file", passphrase, "--key-store", "alice");
    }

    private Cli.Result run(String... arguments) {
        return Cli.in(home).run(arguments);
    }

    private String save(String name, byte[] content) throws IOException {
        return Files.write(home.resolve(name), content).toString();
    }
}
