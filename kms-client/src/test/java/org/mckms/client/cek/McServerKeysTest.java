package org.mckms.client.cek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.client.cek.TestCek.ALICE;
import static org.mckms.client.cek.TestCek.BOB;
import static org.mckms.client.cek.TestCek.NOW;
import static org.mckms.client.cek.TestCek.SERVER;
import static org.mckms.client.cek.TestCek.keyId;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.AnswerFault;
import org.mckms.client.ClientBench;
import org.mckms.client.KmsAnswerException;
import org.mckms.client.KmsRefusedException;
import org.mckms.client.StubKms.Misdeed;
import org.mckms.client.TestPki;
import org.mckms.client.store.TestKeys;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekFault;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekOrder;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.cek.RequestExtension;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.ReceivedRequest;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** A server that receives pushes of the KMS, and fetches what it missed. */
class McServerKeysTest {
    private static TestPki pki;

    @TempDir
    private Path folder;

    private ClientBench bench;
    private CekKeys keys;
    private McServerKeys server;
    private final TestPush push = new TestPush();

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() {
        bench = new ClientBench(pki, folder, SERVER);
        keys = CekKeys.create(
                folder.resolve("server.ceks"), TestKeys.storeKey(7), CekOwner.server(SERVER), new SecureRandom());
        server =
                new McServerKeys(bench.client(), keys, TestPush.ADDRESS, new SecureRandom(), user -> !user.equals(BOB));
    }

    @AfterEach
    void stop() {
        keys.close();
        bench.close();
    }

    @Test
    void storesAndAcknowledgesAPush() {
        byte[] answer = server.receive(push.of(TestCek.of(1), TestCek.of(2).user(BOB)));

        ReceivedRequest read = KmsRequestCodec.read(answer, RequestLeniency.STANDARD);
        try (NamedKey ink = TestKeys.named("ink.1." + SERVER, 3)) {
            assertThat(read.signature().orElseThrow().verifies(ink)).isTrue();
        }
        KmsRequest request = read.request();
        assertThat(request.userUri()).isEqualTo(SERVER);
        assertThat(request.kmsUri()).isEqualTo(ClientBench.KMS_URI);
        assertThat(request.clientReqUrl()).isEqualTo(TestPush.ADDRESS);
        assertThat(request.time()).isEqualTo(NOW);
        assertThat(items(answer))
                .containsExactly(
                        new CekAcknowledgement.Item(keyId(1), 1, Optional.empty()),
                        new CekAcknowledgement.Item(keyId(2), 1, Optional.of(CekFault.UNKNOWN_USER)));
        assertThat(keys.keys()).extracting(CekDetails::keyId).containsExactly(keyId(1));
    }

    @Test
    void hasOneEffectOfTheSamePushFiveTimes() {
        byte[] document = push.of(TestCek.of(1).revision(2));
        List<CekAcknowledgement.Item> first = items(server.receive(document));
        long generation = keys.generation();
        for (int i = 0; i < 4; i++) {
            assertThat(items(server.receive(document))).isEqualTo(first);
        }

        assertThat(keys.generation()).isEqualTo(generation);
    }

    @Test
    void changesNothingByPushesThatComeInAnotherOrder() {
        byte[] made = push.of(TestCek.of(1));
        byte[] prolonged = push.of(TestCek.of(1).revision(2).validTo(NOW.plusSeconds(7200)));
        byte[] ended = push.of(TestCek.of(1).revision(3).status(CekStatus.REVOKED));

        server.receive(prolonged);
        assertThat(items(server.receive(made)))
                .containsExactly(new CekAcknowledgement.Item(keyId(1), 1, Optional.empty()));
        assertThat(keys.keys()).extracting(CekDetails::revision).containsExactly(2L);
        server.receive(ended);
        server.receive(made);
        server.receive(prolonged);

        assertThat(keys.keys()).isEmpty();
    }

    @Test
    void storesNothingOfAPushThatWasChangedAnywhere() {
        byte[] good = push.of(TestCek.of(1));
        int root = new String(good, StandardCharsets.UTF_8).indexOf("<SignedKmsResponse");
        for (int i = root; i < good.length; i += 3) {
            byte[] bad = good.clone();
            bad[i] ^= 0x04;
            assertThat(catchThrowable(() -> server.receive(bad)))
                    .as("octet " + i + " of " + new String(good, StandardCharsets.UTF_8))
                    .isInstanceOf(KmsAnswerException.class);
        }
        assertThat(keys.keys()).isEmpty();
        assertThat(keys.generation()).isEqualTo(1);
        server.receive(good);
        assertThat(keys.keys()).hasSize(1);
    }

    @Test
    void refusesPushesThatAreNotOfItsKmsToItAndOfNow() {
        TestCek cek = TestCek.of(1);
        assertFault(
                AnswerFault.WRONG_SIGNATURE,
                push.signedUnder(TestKeys.named("ink.1." + SERVER, 0x63)).of(cek));
        assertFault(
                AnswerFault.WRONG_SIGNATURE,
                push.signedUnder(TestKeys.named("ink.9." + SERVER, 3)).of(cek));
        assertFault(
                AnswerFault.WRONG_SIGNATURE,
                push.signedUnder(TestKeys.named("tk.1." + SERVER, 2)).of(cek));
        assertFault(AnswerFault.UNSIGNED, push.unsigned().of(cek));
        assertFault(AnswerFault.KEYS_NOT_WRAPPED, push.plain().of(cek));
        assertFault(
                AnswerFault.KEYS_NOT_UNWRAPPABLE,
                push.wrappedUnder(TestKeys.named("tk.9." + SERVER, 2)).of(cek));
        assertFault(
                AnswerFault.FOR_ANOTHER_REQUEST,
                push.to("sip:other-server@example.org").of(cek));
        assertFault(
                AnswerFault.FOR_ANOTHER_REQUEST, push.by("kms.other.example").of(cek));
        assertFault(
                AnswerFault.FOR_ANOTHER_REQUEST,
                push.at(TestPush.ADDRESS + "/other").of(cek));
        assertFault(AnswerFault.STALE, push.made(NOW.minusSeconds(61)).of(cek));
        assertFault(AnswerFault.STALE, push.made(NOW.plusSeconds(61)).of(cek));
        assertFault(AnswerFault.MALFORMED, push.ofCertificates());
        assertFault(AnswerFault.MALFORMED, "garbage".getBytes(StandardCharsets.US_ASCII));
        assertThat(keys.generation()).isEqualTo(1);
    }

    @Test
    void takesAPushUnderAnnouncedKeysAndAnswersUnderThem() {
        try (ClientKeys announced = TestKeys.clientKeys(2, SERVER)) {
            bench.store().change(edit -> edit.pendingKeys(announced));
        }

        byte[] answer = server.receive(push.under(2).of(TestCek.of(1)));

        assertThat(KmsRequestCodec.read(answer, RequestLeniency.STANDARD)
                        .signature()
                        .orElseThrow()
                        .keyName())
                .isEqualTo("ink.2." + SERVER);
        assertThat(bench.store().pendingKeys()).isEmpty();
        try (ClientKeys active = bench.store().activeKeys().orElseThrow()) {
            assertThat(active.transportKey().name()).isEqualTo("tk.2." + SERVER);
        }
    }

    @Test
    void fetchesAndAcknowledgesPageByPage() {
        List<CekQuery> queries = new ArrayList<>();
        List<CekAcknowledgement> acknowledged = new ArrayList<>();
        bench.kms.servesCeks((path, asked) -> {
            if (asked.orElseThrow() instanceof CekAcknowledgement acknowledgement) {
                assertThat(path).isEqualTo("/acknowledgements");
                acknowledged.add(acknowledgement);
                return TestCek.none();
            }
            assertThat(path).isEqualTo("/list");
            CekQuery query = (CekQuery) asked.orElseThrow();
            queries.add(query);
            return page(query, 3, 7);
        });

        server.pull();

        assertThat(queries)
                .containsExactly(
                        new CekQuery(false, Optional.empty()),
                        new CekQuery(false, Optional.of(keyId(3))),
                        new CekQuery(false, Optional.of(keyId(6))),
                        new CekQuery(false, Optional.of(keyId(7))));
        assertThat(acknowledged).hasSize(3);
        assertThat(acknowledged.get(2).items())
                .containsExactly(new CekAcknowledgement.Item(keyId(7), 1, Optional.empty()));
        assertThat(keys.keys()).hasSize(7);
    }

    @Test
    void wipesWhatTheKmsDoesNotKnowAnyMore() {
        server.receive(push.of(TestCek.of(2), TestCek.of(90), TestCek.of(91)));
        bench.kms.servesCeks((path, asked) -> {
            if (asked.orElseThrow() instanceof CekQuery query) {
                assertThat(query.all()).isTrue();
                // pushed while the list is being read
                server.receive(push.of(TestCek.of(91).revision(2)));
                return page(query, 3, 3);
            }
            return TestCek.none();
        });

        server.pullAll();

        assertThat(keys.keys())
                .extracting(CekDetails::keyId)
                .containsExactlyInAnyOrder(keyId(1), keyId(2), keyId(3), keyId(91));
    }

    @Test
    void refusesAListThatDoesNotGoOn() {
        bench.kms.servesCeks((path, asked) ->
                asked.orElseThrow() instanceof CekQuery ? TestCek.list(TestCek.of(1), TestCek.of(2)) : TestCek.none());
        assertThatThrownBy(server::pull).isInstanceOf(KmsAnswerException.class).hasMessageContaining("order");

        bench.kms.servesCeks((path, asked) ->
                asked.orElseThrow() instanceof CekQuery ? TestCek.list(TestCek.of(2), TestCek.of(1)) : TestCek.none());
        assertThatThrownBy(server::pull).isInstanceOf(KmsAnswerException.class).hasMessageContaining("order");
    }

    @Test
    void wipesNothingIfTheListCannotBeReadToItsEnd() {
        server.receive(push.of(TestCek.of(90)));
        bench.kms.does(Misdeed.STATUS_503);
        assertThatThrownBy(server::pullAll).isInstanceOf(KmsRefusedException.class);
        bench.kms.does(Misdeed.UNSIGNED);
        assertThatThrownBy(server::pullAll).isInstanceOf(KmsAnswerException.class);

        assertThat(keys.keys()).hasSize(1);
    }

    @Test
    void renewsWhatIsDueAndAcknowledgesTheNewKey() {
        server.receive(push.of(TestCek.of(1).session("s-1").refreshAfter(NOW)));
        List<String> asked = new ArrayList<>();
        bench.kms.servesCeks((path, extension) -> {
            asked.add(path + " " + kind(extension.orElseThrow()));
            return extension.orElseThrow() instanceof CekOrder
                    ? TestCek.list(TestCek.of(2).session("s-1").status(CekStatus.PENDING))
                    : TestCek.none();
        });

        assertThat(server.renewDue()).extracting(CekDetails::keyId).containsExactly(keyId(2));

        assertThat(asked)
                .containsExactly(
                        "/sip%3Aalice%40example.org/renew CekOrder[session=Optional[s-1], peerUri=Optional.empty]",
                        "/acknowledgements CekAcknowledgement");
    }

    @Test
    void endsKeysHereAndAtTheKms() {
        server.receive(push.of(TestCek.of(1).session("s-1"), TestCek.of(2), TestCek.of(3)));
        List<RequestExtension> asked = new ArrayList<>();
        bench.kms.servesCeks((path, extension) -> {
            assertThat(path).isEqualTo("/ends");
            asked.add(extension.orElseThrow());
            return TestCek.none();
        });

        server.endSession("s-1");
        server.end(keyId(2));
        bench.kms.does(Misdeed.STATUS_503);
        assertThatThrownBy(() -> server.end(keyId(3))).isInstanceOf(KmsRefusedException.class);

        assertThat(asked).containsExactly(CekEnd.ofSession("s-1"), CekEnd.ofKeys(List.of(keyId(2))));
        assertThat(keys.keys()).isEmpty();
    }

    @Test
    void isNotBuiltOnTheKeysOfAnother() {
        try (CekKeys others = CekKeys.create(
                folder.resolve("alice.ceks"), TestKeys.storeKey(7), CekOwner.client(ALICE), new SecureRandom())) {
            assertThatThrownBy(() -> new McServerKeys(bench.client(), others, TestPush.ADDRESS, new SecureRandom()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Keys 1 to {@code last}, some at a time. */
    private static CekList page(CekQuery query, int size, int last) {
        int begin = query.after().map(keyId -> keyId.at(0) + 1).orElse(1);
        return TestCek.list(IntStream.rangeClosed(begin, Math.min(last, begin + size - 1))
                .mapToObj(TestCek::of)
                .toArray(TestCek[]::new));
    }

    private static String kind(RequestExtension extension) {
        return extension instanceof CekAcknowledgement ? "CekAcknowledgement" : extension.toString();
    }

    private static List<CekAcknowledgement.Item> items(byte[] answer) {
        return ((CekAcknowledgement) KmsRequestCodec.read(answer, RequestLeniency.STANDARD)
                        .request()
                        .extension()
                        .orElseThrow())
                .items();
    }

    private void assertFault(AnswerFault fault, byte[] document) {
        KmsAnswerException refused = catchThrowableOfType(KmsAnswerException.class, () -> server.receive(document));
        assertThat(refused).as(fault.name()).isNotNull();
        assertThat(refused.fault()).isEqualTo(fault);
    }
}
