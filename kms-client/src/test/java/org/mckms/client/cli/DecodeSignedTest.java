package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.client.TestDomain.ALICE;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.KeySetCheck;
import org.mckms.client.TestDomain;
import org.mckms.client.TestRegistration;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreKey;
import org.mckms.client.store.StoreOwner;
import org.mckms.protocol.security.ClientKeys;

/** {@code kmsctl decode} on the signed samples, whose TrK is 00..1F and whose InK is 20..3F. */
class DecodeSignedTest {
    private static final String TRK = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final String INK = "202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F";
    private static final String PASSPHRASE = "of the key store";

    @TempDir
    private Path directory;

    private String trk;
    private String ink;
    private String request;
    private String response;
    private String root;

    @BeforeEach
    void saveDocuments() throws IOException {
        trk = save("trk", TRK + "\n");
        ink = save("ink", INK + "\n");
        request = save("request.xml", sample("signed-kms-request.xml"));
        response = save("response.xml", sample("signed-kms-response.xml"));
        root = save("root.xml", new String(TestDomain.initDocument(), StandardCharsets.UTF_8));
    }

    @Test
    void verifiesARequest() {
        Cli.Result result = run("decode", request, "--ink", ink);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("ok  signature under ink.1." + ALICE);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void verifiesAndUnwrapsAResponseAndChecksItsKeys() {
        Cli.Result result = run("decode", response, "--trk", trk, "--ink", ink, "--certificate", root);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("ok  signature under ink.1." + ALICE, "ok  keys unwrapped")
                .doesNotContain(TestDomain.keysOf(ALICE).ssk(), "FAILED");
        assertThat(result.out().lines().filter(line -> line.startsWith("  ok ")))
                .hasSize(2 + KeySetCheck.values().length - 1);
    }

    @Test
    void showsUnwrappedKeysOnlyWhenTold() {
        JsonObject keys = run("decode", response, "--trk", trk, "--ink", ink, "--no-check", "--show-secrets", "--json")
                .json()
                .getJsonArray("documents")
                .getJsonObject(0)
                .getJsonArray("kmsKeyProv")
                .getJsonObject(0);

        assertThat(keys.getString("ssk")).isEqualTo(TestDomain.keysOf(ALICE).ssk());
    }

    @Test
    void usesAKeyStore() throws IOException {
        String store = keyStore();

        assertThat(run("decode", request, "--key-store", store).exit()).isZero();
        Cli.Result result = run("decode", response, "--key-store", store);
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("ok  keys unwrapped");
        assertThat(run("decode", request, "--key-store", store, "--ink", ink).exit())
                .isEqualTo(ExitCode.WRONG_USE);
    }

    @Test
    void saysWhatWasNotVerified() {
        Cli.Result unverified = run("decode", request);
        assertThat(unverified.exit()).isZero();
        assertThat(unverified.err()).contains("warning: " + request + ": the signature was not verified");

        Cli.Result sealed = run("decode", response);
        assertThat(sealed.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(sealed.err()).contains("no signature of the KMS was verified", "they cannot be opened");
        assertThat(sealed.out()).contains("UserDecryptKey", "272 octets, wrapped");
    }

    @Test
    void findsAnAlteredRequest() throws IOException {
        String altered = save("altered.xml", sample("signed-kms-request.xml").replace("device-1", "device-2"));

        Cli.Result result = run("decode", altered, "--ink", ink);

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
                .contains("SignedKmsRequest/Signature: the signature does not hold (TS 33.180 clause D.2.2)");
    }

    @Test
    void findsAnAlteredResponseAndAWrongKey() throws IOException {
        String altered = save("altered.xml", sample("signed-kms-response.xml").replace("kms-1", "kms-2"));

        assertThat(run("decode", altered, "--trk", trk, "--ink", ink).exit()).isEqualTo(ExitCode.FAILED);
        Cli.Result swapped = run("decode", response, "--trk", ink, "--ink", ink, "--certificate", root);
        assertThat(swapped.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(swapped.err()).startsWith("error: " + response).doesNotContain("Exception");
    }

    @Test
    void refusesWhatIsNoKey() throws IOException {
        for (String text : new String[] {"", "0011", "zz".repeat(32), "A".repeat(40)}) {
            Cli.Result result = run("decode", request, "--ink", save("bad", text + "\n"));

            assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
            assertThat(result.err()).contains("bad");
            assertThat(text.isEmpty() || !result.err().contains(text)).isTrue();
        }
    }

    private String keyStore() throws IOException {
        Path file = directory.resolve("alice.keys");
        save("alice.passphrase", PASSPHRASE);
        try (StoreKey key = StoreKey.passphrase(PASSPHRASE.toCharArray());
                ClientKeyStore store = ClientKeyStore.create(
                        file,
                        key,
                        new StoreOwner(TestDomain.KMS_URI, ALICE, TestRegistration.DEVICE),
                        new SecureRandom());
                ClientKeys keys = TestRegistration.keys()) {
            store.change(edit -> {
                edit.registerKeys(keys);
                edit.root(TestDomain.certificate());
            });
        }
        return file.toString();
    }

    private static String sample(String name) throws IOException {
        try (var in = DecodeSignedTest.class.getResourceAsStream("/vectors/samples/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Cli.Result run(String... arguments) {
        return Cli.in(directory).run(arguments);
    }

    private String save(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
