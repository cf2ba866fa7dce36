package org.mckms.client.cek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.client.cek.TestCek.BOB;
import static org.mckms.client.cek.TestCek.NOW;
import static org.mckms.client.cek.TestCek.SERVER;
import static org.mckms.client.cek.TestCek.keyId;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.AnswerFault;
import org.mckms.client.CekReceiver;
import org.mckms.client.ClientBench;
import org.mckms.client.KmsAnswerException;
import org.mckms.client.KmsClient;
import org.mckms.client.KmsRefusedException;
import org.mckms.client.ReceptionPolicy;
import org.mckms.client.StubKms.Misdeed;
import org.mckms.client.StubServer;
import org.mckms.client.TestPki;
import org.mckms.client.store.TestKeys;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekOrder;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.cek.RequestExtension;

/** A client that fetches, renews and ends its content encryption keys. */
class CekClientTest {
    private static final String RESOURCE = "/sip%3Aalice%40example.org";

    private static TestPki pki;

    @TempDir
    private Path folder;

    private ClientBench bench;
    private CekKeys keys;
    private CekClient client;
    private final List<String> paths = new ArrayList<>();
    private final List<RequestExtension> asked = new ArrayList<>();

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() {
        bench = new ClientBench(pki, folder);
        keys = CekKeys.create(
                folder.resolve("alice.ceks"), TestKeys.storeKey(7), CekOwner.client(TestCek.ALICE), new SecureRandom());
        client = new CekClient(bench.client(), keys);
    }

    @AfterEach
    void stop() {
        keys.close();
        bench.close();
    }

    @Test
    void fetchesTheKeyOfASession() {
        serves(TestCek.of(1).withoutUser().session("s-1").status(CekStatus.PENDING));

        List<CekDetails> fetched = client.current(CekScope.of(SERVER, "s-1"));

        assertThat(paths).containsExactly(RESOURCE);
        assertThat(asked).containsExactly(new CekOrder(Optional.of("s-1"), Optional.of(SERVER)));
        assertThat(fetched).isEqualTo(keys.keys()).hasSize(1);
        assertThat(fetched.get(0).status()).isEqualTo(CekStatus.PENDING);
        assertThat(fetched.get(0).otherEnd()).isEqualTo(SERVER);
    }

    @Test
    void takesKeysThatComeWithKeySets() {
        KmsClient kms = bench.client(settings ->
                settings.ceks(keys.receiver(bench.clock, bench.client().policy())));
        bench.kms.addsCeks(() -> TestCek.list(TestCek.of(1).withoutUser()));

        kms.provision();

        assertThat(kms.held()).hasSize(1);
        assertThat(keys.keys()).extracting(CekDetails::keyId).containsExactly(keyId(1));
    }

    @Test
    void sharesOutTheKeysOfSeveralIdentities() {
        try (CekKeys bobs = CekKeys.create(
                folder.resolve("bob.ceks"), TestKeys.storeKey(7), CekOwner.client(BOB), new SecureRandom())) {
            ReceptionPolicy policy = ReceptionPolicy.STANDARD;
            KmsClient kms = bench.client(settings -> settings.ceks(
                    CekReceiver.all(List.of(bobs.receiver(bench.clock, policy), keys.receiver(bench.clock, policy)))));
            bench.kms.addsCeks(() -> TestCek.list(
                    TestCek.of(1).withoutUser(),
                    TestCek.of(2).user(BOB),
                    TestCek.of(3).user("sip:carol@example.org")));

            kms.provision();

            assertThat(keys.keys()).extracting(CekDetails::keyId).containsExactly(keyId(1));
            assertThat(bobs.keys()).extracting(CekDetails::keyId).containsExactly(keyId(2));
        }
    }

    @Test
    void wipesKeysOfAScopeThatTheKmsDoesNotNameAnyMore() {
        serves(TestCek.of(1).session("s-1"), TestCek.of(2).session("s-1").status(CekStatus.RETIRING));
        client.current(CekScope.of(SERVER, "s-1"));
        serves(TestCek.of(3));
        client.current(CekScope.of(SERVER));
        serves(TestCek.of(4).session("s-1"));

        client.current(CekScope.of(SERVER, "s-1"));

        assertThat(keys.keys()).extracting(CekDetails::keyId).containsExactly(keyId(3), keyId(4));
    }

    @Test
    void keepsNothingOfKeySetsWithAKeyThatContradictsTheOneHeld() {
        serves(TestCek.of(2).session("s-1"));
        client.current(CekScope.of(SERVER, "s-1"));
        KmsClient kms = bench.client(settings ->
                settings.ceks(keys.receiver(bench.clock, bench.client().policy())));
        bench.kms.addsCeks(() -> TestCek.list(TestCek.of(1), TestCek.of(2).revision(2)));

        KmsAnswerException refused = catchThrowableOfType(KmsAnswerException.class, kms::provision);

        assertThat(refused.fault()).isEqualTo(AnswerFault.CEK_REJECTED);
        assertThat(kms.held()).isEmpty();
        assertThat(keys.keys()).extracting(CekDetails::revision).containsExactly(1L);
        bench.kms.addsCeks(TestCek::none);
        kms.provision();
        assertThat(bench.kms.reported()).extracting(error -> error.code()).containsExactly(11);
    }

    @Test
    void passesOverKeysThatNobodyTakes() {
        bench.kms.addsCeks(() -> TestCek.list(TestCek.of(1)));
        KmsClient kms = bench.client();

        kms.provision();

        assertThat(kms.held()).hasSize(1);
        assertThat(keys.keys()).isEmpty();
    }

    @Test
    void takesNoAnswerThatAnotherCouldHaveMade() {
        serves(TestCek.of(1));
        for (Misdeed misdeed : List.of(
                Misdeed.UNSIGNED,
                Misdeed.WRONG_SIGNATURE,
                Misdeed.SIGNED_UNDER_TRK,
                Misdeed.KEYS_IN_CLEAR,
                Misdeed.WRAPPED_UNDER_OTHER_KEY,
                Misdeed.WRAPPED_UNDER_INK,
                Misdeed.ANSWER_TO_ANOTHER_REQUEST,
                Misdeed.ANSWER_FOR_ANOTHER_USER,
                Misdeed.ANSWER_OF_ANOTHER_KMS,
                Misdeed.STALE,
                Misdeed.CUT)) {
            bench.kms.does(misdeed);
            assertThatThrownBy(() -> client.current(CekScope.of(SERVER)))
                    .as(misdeed.name())
                    .isInstanceOf(KmsAnswerException.class);
        }
        assertThat(keys.generation()).isEqualTo(1);
    }

    @Test
    void takesNoAnswerOfAnotherResourceTree() {
        bench.kms.servesCeks((path, extension) -> TestCek.list(TestCek.of(1)));
        bench.server()
                .answers(request -> bench.kms.apply(new StubServer.Request(
                        request.method(),
                        request.target().replace("/identity/", "/cek/"),
                        request.headers(),
                        request.body(),
                        request.client())));

        assertThatThrownBy(() -> bench.client().init()).isInstanceOf(KmsAnswerException.class);
    }

    @Test
    void renewsWhatIsDue() {
        serves(TestCek.of(1).session("s-1").refreshAfter(NOW.plusSeconds(5)));
        client.current(CekScope.of(SERVER, "s-1"));
        assertThat(client.renewDue()).isEmpty();
        paths.clear();
        serves(
                TestCek.of(1)
                        .session("s-1")
                        .revision(2)
                        .status(CekStatus.RETIRING)
                        .validTo(NOW.plusSeconds(300)),
                TestCek.of(3).session("s-1"));
        bench.clock.set(NOW.plusSeconds(5));

        assertThat(client.renewDue()).extracting(CekDetails::keyId).containsExactly(keyId(1), keyId(3));

        assertThat(paths).containsExactly(RESOURCE + "/renew");
        assertThat(keys.due(bench.clock.instant())).isEmpty();
    }

    @Test
    void endsKeysHereFirstAndThenAtTheKms() {
        serves(TestCek.of(1).session("s-1"), TestCek.of(2), TestCek.of(3), TestCek.of(4));
        client.current(CekScope.of(SERVER));
        asked.clear();
        serves();

        client.endSession("s-1");
        client.end(keyId(2));
        assertThat(keys.keys()).extracting(CekDetails::keyId).containsExactly(keyId(3), keyId(4));
        bench.kms.does(Misdeed.STATUS_503);
        assertThatThrownBy(client::logOff).isInstanceOf(KmsRefusedException.class);
        assertThat(keys.keys()).isEmpty();
        bench.kms.does(Misdeed.NONE);
        client.logOff();

        assertThat(asked).containsExactly(CekEnd.ofSession("s-1"), CekEnd.ofKeys(List.of(keyId(2))), CekEnd.ofUser());
        serves(TestCek.of(3));
        client.current(CekScope.of(SERVER));
        assertThat(keys.keys()).as("an answer from before").isEmpty();
    }

    @Test
    void listensToNotices() {
        bench.server().answers(request -> {
            assertThat(request.method() + " " + request.target()).isEqualTo("GET /keymanagement/cek/v1/events");
            assertThat(request.header("Authorization")).contains("Bearer the.access.token");
            return StubServer.Reply.text(
                    200,
                    "text/event-stream",
                    ": hello\n\nevent: cek\ndata: {\"user\":\"sip:alice@example.org\",\"keyId\":\"" + keyId(1).toHex()
                            + "\",\"revision\":3,\"status\":\"revoked\"}\n\nevent: later\ndata: {}\n\n"
                            + "event: end\ndata: {\"reason\":\"token expired\"}\n\n");
        });
        List<CekNotice> notices = new ArrayList<>();

        assertThat(client.listen(notices::add)).contains("token expired");

        assertThat(notices).containsExactly(new CekNotice(TestCek.ALICE, keyId(1), 3, CekStatus.REVOKED));
    }

    @Test
    void refusesNoticesThatAreNone() {
        for (String bad : List.of(
                "{}",
                "no JSON",
                "{\"user\":\"a\",\"keyId\":\"zz\",\"revision\":1,\"status\":\"active\"}",
                "{\"user\":\"a\",\"keyId\":\"00\",\"revision\":1.5,\"status\":\"active\"}",
                "{\"user\":\"a\",\"keyId\":\"00\",\"revision\":1,\"status\":\"lost\"}")) {
            assertThatThrownBy(() -> CekNotice.read(bad)).as(bad).isInstanceOf(KmsAnswerException.class);
        }
    }

    @Test
    void saysThatTheKmsRefusesToBeListenedTo() {
        bench.server()
                .answers(request -> bench.kms.apply(new StubServer.Request(
                        "POST", request.target(), request.headers(), new byte[0], request.client())));
        bench.kms.does(Misdeed.STATUS_401);

        assertThatThrownBy(() -> client.listen(notice -> {}))
                .isInstanceOf(KmsRefusedException.class)
                .hasMessageContaining("invalid_token");
    }

    @Test
    void isNotBuiltOnTheKeysOfAnother() {
        try (CekKeys others = CekKeys.create(
                folder.resolve("other.ceks"), TestKeys.storeKey(7), CekOwner.client(BOB), new SecureRandom())) {
            assertThatThrownBy(() -> new CekClient(bench.client(), others))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void serves(TestCek... ceks) {
        bench.kms.servesCeks((path, extension) -> {
            paths.add(path);
            asked.add(extension.orElseThrow());
            return TestCek.list(ceks);
        });
    }
}
