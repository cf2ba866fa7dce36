package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.client.group.TwoDomains.ALICE;
import static org.mckms.client.group.TwoDomains.GMS;
import static org.mckms.client.group.TwoDomains.GROUP;
import static org.mckms.client.group.TwoDomains.HOME;
import static org.mckms.client.group.TwoDomains.NOW;
import static org.mckms.client.group.TwoDomains.document;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.StubServer;
import org.mckms.client.StubServer.Reply;
import org.mckms.client.TestPki;
import org.mckms.client.group.TestGroupKey;
import org.mckms.client.group.TestSender;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreKey;
import org.mckms.client.store.StoreOwner;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.GktpDocumentCodec;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.KeyAcknowledgementCodec;
import org.mckms.protocol.group.ReceptionFault;
import org.mckms.protocol.message.KmsKeySet;

/** {@code kmsctl gms} as a member of groups, against a group management server on loopback. */
class GmsMemberCommandsTest {
    private static final TestGroupKey MEDIA = TestGroupKey.gmk(1, GROUP);
    private static final TestGroupKey FLOOR = TestGroupKey.mkfc(2, GROUP);
    private static TestPki pki;

    @TempDir
    private Path home;

    private StubServer server;

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() throws Exception {
        server = new StubServer(pki);
        TestHome.make(home, pki, server.address(), server.address());
        Files.writeString(home.resolve("kms.properties"), "\ngms.uri=" + GMS.uri() + "\n", StandardOpenOption.APPEND);
        Files.createDirectories(home.resolve("clients"));
        Files.writeString(home.resolve("clients/alice.passphrase"), "a passphrase of the test");
        try (StoreKey key = StoreKey.passphrase("a passphrase of the test".toCharArray());
                ClientKeyStore store = ClientKeyStore.create(
                        home.resolve("clients/alice.keys"),
                        key,
                        new StoreOwner(HOME.root().kmsUri(), ALICE, "phone"),
                        new SecureRandom());
                KmsKeySet keys = HOME.keySet(ALICE, NOW)) {
            store.change(edit -> edit.root(HOME.root()));
            store.change(edit -> edit.keySet(keys, HOME.root()));
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void fetchesBothKeysKeepsThemAndAcknowledges() {
        serve(documentOf(GMS));

        Cli.Result fetched = run("fetch", GROUP, "--key-store", "alice");

        assertThat(fetched.exit()).as(fetched.err()).isZero();
        assertThat(fetched.out()).contains(MEDIA.id() + "  STORED", FLOOR.id() + "  STORED");
        assertThat(server.requests().get(0).target()).isEqualTo("/groupmanagement/v1/gktps/sip%3Agroup1%40example.org");
        assertThat(acknowledged())
                .isEqualTo(new KeyAcknowledgement(GROUP, 0, ALICE, List.of(MEDIA.id(), FLOOR.id()), Optional.empty()));

        Cli.Result again = run("fetch", GROUP, "--key-store", "alice");
        assertThat(again.out()).contains(MEDIA.id() + "  UNCHANGED", FLOOR.id() + "  UNCHANGED");

        int asked = server.requests().size();
        Cli.Result keys = run("keys", "--key-store", "alice");
        assertThat(keys.out())
                .contains("GMK", "MEDIA", "MKFC", "FLOOR", "in use", GROUP, GMS.uri())
                .doesNotContain("01010101", "02020202");
        assertThat(run("keys", "--key-store", "alice", "--json").out())
                .contains("\"id\": \"" + MEDIA.id() + "\"")
                .doesNotContain("01010101", "02020202");
        assertThat(server.requests()).hasSize(asked);
    }

    @Test
    void keepsNothingOfAServerThatDoesNotManageTheGroup() {
        serve(documentOf(new TestSender("sip:mallory@example.org", HOME)));

        Cli.Result fetched = run("fetch", GROUP, "--key-store", "alice");

        assertThat(fetched.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(fetched.err()).contains("error: NOT_AUTHORISED");
        assertThat(acknowledged().fault()).contains(ReceptionFault.NOT_AUTHORISED);
        assertThat(run("keys", "--key-store", "alice").out()).contains("no group key");

        JsonObject json = run("fetch", GROUP, "--key-store", "alice", "--json").json();
        assertThat(json.getBoolean("taken")).isFalse();
        assertThat(json.getString("fault")).isEqualTo("NOT_AUTHORISED");
    }

    @Test
    void saysThatThereIsNoKeyYet() {
        serve(document(ALICE, List.of(), List.of()));

        Cli.Result fetched = run("fetch", GROUP, "--key-store", "alice");

        assertThat(fetched.exit()).as(fetched.err()).isZero();
        assertThat(fetched.out()).contains("no key for you yet");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void answersByHand() {
        serve(documentOf(GMS));

        assertThat(run("acknowledge", GROUP, "0A1B2C3D", "--key-store", "alice", "--fault", "stale")
                        .exit())
                .isZero();
        assertThat(acknowledged())
                .isEqualTo(new KeyAcknowledgement(
                        GROUP, 0, ALICE, List.of(new KeyIdentifier(0x0A1B2C3D)), Optional.of(ReceptionFault.STALE)));
        assertThat(run("acknowledge", GROUP, "--key-store", "alice").exit()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(run("acknowledge", GROUP, "0A1B", "--key-store", "alice").exit())
                .isEqualTo(ExitCode.WRONG_USE);
        assertThat(run("acknowledge", GROUP, "0A1B2C3D", "--key-store", "alice", "--fault", "TIRED")
                        .exit())
                .isEqualTo(ExitCode.WRONG_USE);
    }

    private GktpDocument documentOf(TestSender sender) {
        return document(
                ALICE,
                List.of(sender.message(MEDIA, ALICE, HOME, NOW)),
                List.of(sender.message(FLOOR, ALICE, HOME, NOW)));
    }

    private void serve(GktpDocument document) {
        server.answers(request -> request.method().equals("GET")
                ? Reply.xml(200, GktpDocumentCodec.write(document))
                : new Reply(204, Map.of(), new byte[0]));
    }

    private KeyAcknowledgement acknowledged() {
        assertThat(server.lastRequest().target()).isEqualTo("/groupmanagement/v1/acknowledgements");
        return KeyAcknowledgementCodec.read(server.lastRequest().body());
    }

    private Cli.Result run(String... words) {
        return Cli.in(home).run(List.of(words), "gms");
    }
}
