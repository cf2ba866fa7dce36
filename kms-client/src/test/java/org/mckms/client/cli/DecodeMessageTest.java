package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.client.TestDomain.ALICE;
import static org.mckms.client.TestDomain.BOB;
import static org.mckms.client.TestDomain.SERVER;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.TestDomain;
import org.mckms.client.TestRegistration;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreKey;
import org.mckms.client.store.StoreOwner;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.message.KmsKeySet;

/** {@code kmsctl decode} on key messages of an independent implementation, with the key stores of their receivers. */
class DecodeMessageTest {
    private static final String PASSPHRASE = "of the key store";
    private static final List<JsonObject> MESSAGES = TestDomain.load("/vectors/mikey/domain-selfmade.json")
            .getJsonArray("cases")
            .getValuesAs(JsonObject.class);

    @TempDir
    private Path directory;

    private static String hex(int message) {
        return MESSAGES.get(message).getString("message");
    }

    @Test
    void verifiesAndOpensAMessageWithTheKeyStoreOfItsReceiver() throws IOException {
        Cli.Result result = run("decode", save("gmk.hex", hex(0)), "--key-store", keyStore(ALICE));

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains(
                        "MIKEY-SAKKE I_MESSAGE",
                        "ok  signature of sip:gms@example.org of the KMS kms.example.org",
                        "ok  opened by the key set of sip:alice@example.org for key period 1514",
                        "ok  GMK 028A86B1 out of the GUK-ID 0811B545",
                        "ok  key parameters: in service, from the time of the message on, without end,"
                                + " text \"fireground 1\", for sip:group1@example.org")
                .doesNotContainIgnoringCase(MESSAGES.get(0).getString("key"));
    }

    @Test
    void readsOctetsAndOpensHiddenIdentitiesAndOtherKeys() throws IOException {
        Path binary = Files.write(
                directory.resolve("hidden.bin"), Octets.fromHex(hex(2)).toByteArray());

        assertThat(run("decode", binary.toString(), "--key-store", keyStore(BOB))
                        .out())
                .contains("ok  signature of the hidden initiator", "ok  GMK 028A86B1");
        assertThat(run("decode", save("csk", hex(4)), "--key-store", keyStore(SERVER))
                        .out())
                .contains("ok  CSK 20E72943");
        assertThat(run("decode", save("revoked", hex(3)), "--key-store", keyStore(ALICE))
                        .out())
                .contains("key parameters: REVOKED");
    }

    @Test
    void explainsWithoutAKeyStoreAndSaysWhatWasNotVerified() throws IOException {
        String file = save("gmk.hex", hex(0));

        Cli.Result result = run("decode", file);

        assertThat(result.exit()).isZero();
        assertThat(result.err()).contains("warning: " + file + ": no signature was verified");
        assertThat(result.out())
                .contains("IDR of the initiator", "sip:gms@example.org")
                .doesNotContain("Verified");
    }

    @Test
    void saysThatAMessageIsForSomebodyElse() throws IOException {
        Cli.Result result = run("decode", save("gmk.hex", hex(0)), "--key-store", keyStore(BOB));

        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .contains("ok  signature of sip:gms@example.org")
                .doesNotContain("opened");
        assertThat(result.err()).contains("no key set of sip:alice@example.org for the key period of");
    }

    @Test
    void findsAWrongSignature() throws IOException {
        String broken = hex(0).substring(0, 2 * 699 - 300) + "00" + hex(0).substring(2 * 699 - 298);

        Cli.Result result = run("decode", save("broken.hex", broken), "--key-store", keyStore(ALICE));

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
                .contains("SIGN: the signature is not that of sip:gms@example.org", "(TS 33.180 clause E.1.2)");
    }

    @Test
    void findsAMalformedMessage() throws IOException {
        Cli.Result result = run("decode", save("cut.hex", hex(0).substring(0, 1000)), "--key-store", keyStore(ALICE));

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("content of EXTENSION needs 108 octets, 40 are left");
        assertThat(result.out()).contains("CSB ID");
    }

    @Test
    void opensTheMessagesOfAGktpDocumentAndNamesTheOneThatIsWrong() throws IOException {
        String good = gktps(hex(0), hex(1));
        String bad = gktps(hex(0), hex(1).replace("0E010100137369703A676D73", "0E010100137369703A676D74"));

        Cli.Result opened = run("decode", save("good.xml", good), "--key-store", keyStore(ALICE));
        Cli.Result refused = run("decode", save("bad.xml", bad), "--key-store", keyStore(ALICE));

        assertThat(opened.exit()).as(opened.err()).isZero();
        assertThat(opened.out()).contains("ok  GMK-GKTPs/GKTP[1]: GMK 028A86B1", "ok  GMK-GKTPs/GKTP[2]: GMK 06262B9E");
        assertThat(refused.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("GMK-GKTPs/GKTP[2]/SIGN: the signature is not that of sip:gmt@example.org");
    }

    private static String gktps(String... messages) {
        StringBuilder document = new StringBuilder("<GKTPs xmlns=\"urn:3gpp:ns:mcpttGKTP:1.0\"><GMK-GKTPs>");
        for (String message : messages) {
            document.append("<GKTP id=\"sip:alice@example.org\">")
                    .append(message)
                    .append("</GKTP>");
        }
        return document.append("</GMK-GKTPs></GKTPs>").toString();
    }

    private String keyStore(String user) throws IOException {
        Path file = directory.resolve(user.replaceAll("\\W", "-") + ".keys");
        if (Files.exists(file)) {
            return file.toString();
        }
        save(file.getFileName().toString().replace(".keys", ".passphrase"), PASSPHRASE);
        try (StoreKey key = StoreKey.passphrase(PASSPHRASE.toCharArray());
                ClientKeyStore store = ClientKeyStore.create(
                        file,
                        key,
                        new StoreOwner(TestDomain.KMS_URI, user, TestRegistration.DEVICE),
                        new SecureRandom());
                KmsKeySet keys = TestDomain.keysOf(user).build()) {
            store.change(edit -> {
                edit.root(TestDomain.certificate());
                edit.keySet(keys, TestDomain.certificate());
            });
        }
        return file.toString();
    }

    private Cli.Result run(String... arguments) {
        return Cli.in(directory).run(arguments);
    }

    private String save(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
