package org.mckms.client.cek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.client.cek.TestCek.ALICE;
import static org.mckms.client.cek.TestCek.BOB;
import static org.mckms.client.cek.TestCek.NOW;
import static org.mckms.client.cek.TestCek.SERVER;
import static org.mckms.client.cek.TestCek.keyId;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.AnswerFault;
import org.mckms.client.KmsAnswerException;
import org.mckms.client.store.TestKeys;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekFault;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.smime.ContentEncryptionKey;

/** What an end takes, and which key it uses. */
class CekKeysTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final CekRules RULES = rulesAt(NOW);

    @TempDir
    private Path folder;

    private CekKeys server;
    private CekKeys client;

    @BeforeEach
    void create() {
        server = CekKeys.create(file("server"), TestKeys.storeKey(7), CekOwner.server(SERVER), RANDOM);
        client = CekKeys.create(file("client"), TestKeys.storeKey(7), CekOwner.client(ALICE), RANDOM);
    }

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    @Test
    void keepsEverythingOverARestart() {
        TestCek full = TestCek.of(1)
                .revision(3)
                .session("s-1")
                .status(CekStatus.RETIRING)
                .refreshAfter(NOW.plusSeconds(60))
                .messages(1000);
        assertThat(faults(server, full, TestCek.of(2).user(BOB))).isEmpty();
        List<CekDetails> held = server.keys();

        reopenServer();

        assertThat(server.owner()).isEqualTo(CekOwner.server(SERVER));
        assertThat(server.keys()).isEqualTo(held).hasSize(2);
        assertThat(held.get(0).session()).contains("s-1");
        assertThat(held.get(0).refreshAfterMessages()).hasValue(1000);
        assertThat(opened(server, 1, CekScope.of(ALICE, "s-1"))).isEqualTo("81".repeat(32));
        assertThat(opened(server, 2, CekScope.of(BOB))).isEqualTo("82".repeat(32));
    }

    @Test
    void takesEachStateOnceAndNoOlderOne() {
        TestCek second = TestCek.of(1).revision(2).validTo(NOW.plusSeconds(100));
        assertThat(faults(server, second)).isEmpty();
        long generation = server.generation();

        assertThat(faults(server, second)).isEmpty();
        assertThat(faults(server, TestCek.of(1).revision(1).validTo(NOW.plusSeconds(9999))))
                .isEmpty();
        assertThat(faults(server, TestCek.of(1).revision(1).status(CekStatus.REVOKED)))
                .isEmpty();

        assertThat(server.generation()).isEqualTo(generation);
        assertThat(server.keys()).extracting(CekDetails::revision).containsExactly(2L);
        assertThat(server.keys().get(0).validTo()).contains(NOW.plusSeconds(100));
    }

    @Test
    void followsTheStatusWithinOneRevisionForwardOnly() {
        faults(client, TestCek.of(1).status(CekStatus.PENDING));
        faults(client, TestCek.of(1).status(CekStatus.ACTIVE));
        faults(client, TestCek.of(1).status(CekStatus.PENDING));

        assertThat(client.keys()).extracting(CekDetails::status).containsExactly(CekStatus.ACTIVE);
    }

    @Test
    void bringsNoEndedKeyBack() {
        faults(server, TestCek.of(1).revision(2));
        assertThat(faults(server, TestCek.of(1).revision(3).status(CekStatus.REVOKED)))
                .isEmpty();
        assertThat(server.keys()).isEmpty();

        reopenServer();
        assertThat(faults(server, TestCek.of(1).revision(2), TestCek.of(2))).isEmpty();
        assertThat(faults(server, TestCek.of(1).revision(9))).isEmpty();

        assertThat(server.keys()).extracting(CekDetails::keyId).containsExactly(keyId(2));
    }

    @Test
    void remembersAnEndOfAKeyThatItNeverHadUntilOlderAnswersAreStale() {
        faults(server, TestCek.of(1).revision(3).status(CekStatus.REVOKED));
        assertThat(faults(server, TestCek.of(1).revision(2))).isEmpty();
        assertThat(server.keys()).isEmpty();

        Instant later = RULES.forgettable();
        take(server, rulesAt(later), TestCek.of(5));
        take(server, rulesAt(later), TestCek.of(1).revision(2));

        assertThat(server.keys()).extracting(CekDetails::keyId).containsExactly(keyId(5), keyId(1));
    }

    @Test
    void refusesWhatContradictsTheKeyThatItHolds() {
        faults(server, TestCek.of(1).session("s-1"));

        assertThat(faults(server, TestCek.of(1).session("s-1").revision(2).user(BOB)))
                .containsExactly(CekFault.MALFORMED);
        assertThat(faults(server, TestCek.of(1).session("s-2").revision(2))).containsExactly(CekFault.MALFORMED);
        assertThat(faults(server, TestCek.of(1).revision(2))).containsExactly(CekFault.MALFORMED);
        try (CekList other =
                new CekList(List.of(TestCek.of(1).session("s-1").revision(2).build(0x11)))) {
            assertThat(server.take(other, RULES).get(0).fault()).contains(CekFault.MALFORMED);
        }
        assertThat(server.keys()).extracting(CekDetails::revision).containsExactly(1L);
    }

    @Test
    void refusesKeysOfOthersAndTakesTheRest() {
        CekRules onlyAlice = new CekRules(NOW, Duration.ofSeconds(60), ALICE::equals);

        List<CekAcknowledgement.Item> items = take(
                server,
                onlyAlice,
                TestCek.of(1).server("sip:other-server@example.org"),
                TestCek.of(2).user(BOB),
                TestCek.of(3).withoutUser(),
                TestCek.of(4));

        assertThat(items)
                .extracting(CekAcknowledgement.Item::fault)
                .containsExactly(
                        Optional.of(CekFault.NOT_FOR_ME),
                        Optional.of(CekFault.UNKNOWN_USER),
                        Optional.of(CekFault.MALFORMED),
                        Optional.empty());
        assertThat(items)
                .extracting(CekAcknowledgement.Item::keyId)
                .containsExactly(keyId(1), keyId(2), keyId(3), keyId(4));
        assertThat(server.keys()).extracting(CekDetails::keyId).containsExactly(keyId(4));
    }

    @Test
    void takesAllKeysOfAnAnswerOrNone() {
        try (CekList ceks = TestCek.list(TestCek.of(1), TestCek.of(2).user(BOB))) {
            KmsAnswerException refused =
                    catchThrowableOfType(KmsAnswerException.class, () -> client.takeAll(ceks, RULES));
            assertThat(refused.fault()).isEqualTo(AnswerFault.CEK_REJECTED);
            assertThat(refused).hasMessageContaining("02020202").hasMessageContaining("NOT_FOR_ME");
        }
        assertThat(client.keys()).isEmpty();
    }

    @Test
    void storesNoKeyWhoseLifeIsOverAndForgetsThoseHeld() {
        take(server, RULES, TestCek.of(1).validTo(NOW.plusSeconds(10)));

        assertThat(opened(server, 1, CekScope.of(ALICE), NOW.plusSeconds(10))).isNotEmpty();
        assertThat(opened(server, 1, CekScope.of(ALICE), NOW.plusSeconds(11))).isEmpty();
        assertThat(take(server, rulesAt(NOW.plusSeconds(11)), TestCek.of(2).validTo(NOW.plusSeconds(10)))
                        .get(0)
                        .fault())
                .isEmpty();

        assertThat(server.keys()).isEmpty();
    }

    @Test
    void sealsWithTheNewestActiveKeyAndOpensWithTheOthersToo() {
        faults(
                client,
                TestCek.of(1).status(CekStatus.RETIRING),
                TestCek.of(2).validFrom(NOW.minusSeconds(50)),
                TestCek.of(3).validFrom(NOW.minusSeconds(20)),
                TestCek.of(4).status(CekStatus.PENDING));

        assertThat(sealing(client, CekScope.of(SERVER))).isEqualTo(keyId(3).toHex());
        for (int number = 1; number <= 4; number++) {
            assertThat(opened(client, number, CekScope.of(SERVER))).isNotEmpty();
        }
    }

    @Test
    void sealsWithNoKeyThatThePeerMayNotHave() {
        faults(client, TestCek.of(1).status(CekStatus.PENDING), TestCek.of(2).status(CekStatus.RETIRING));

        assertRefused(KmsErrorCode.NOT_FOUND, () -> client.sealing(CekScope.of(SERVER), NOW));
        client.opened(keyId(1));
        assertThat(sealing(client, CekScope.of(SERVER))).isEqualTo(keyId(1).toHex());
    }

    @Test
    void letsAServerSealWithWhatItHasAcknowledged() {
        faults(
                server,
                TestCek.of(1).status(CekStatus.RETIRING).validFrom(NOW.plusSeconds(1)),
                TestCek.of(2).status(CekStatus.PENDING),
                TestCek.of(3).status(CekStatus.PENDING).validFrom(NOW.minusSeconds(9)));
        assertThat(sealing(server, CekScope.of(ALICE))).isEqualTo(keyId(2).toHex());

        server.opened(keyId(3));
        assertThat(sealing(server, CekScope.of(ALICE)))
                .as("the one that the client has used")
                .isEqualTo(keyId(3).toHex());
        assertRefused(KmsErrorCode.NOT_FOUND, () -> server.sealing(keyId(1), CekScope.of(ALICE), NOW));
    }

    @Test
    void keepsSessionsAndUsersApart() {
        faults(
                server,
                TestCek.of(1),
                TestCek.of(2).session("s-1"),
                TestCek.of(3).session("s-2"),
                TestCek.of(4).user(BOB).session("s-1"));

        assertThat(sealing(server, CekScope.of(ALICE, "s-1"))).isEqualTo(keyId(2).toHex());
        assertThat(sealing(server, CekScope.of(BOB, "s-1"))).isEqualTo(keyId(4).toHex());
        assertThat(sealing(server, CekScope.of(ALICE, "s-9"))).isEqualTo(keyId(1).toHex());
        assertThat(opened(server, 1, CekScope.of(ALICE, "s-1"))).isNotEmpty();
        for (CekScope wrong :
                List.of(CekScope.of(ALICE, "s-2"), CekScope.of(ALICE), CekScope.of(BOB, "s-1"), CekScope.of(BOB))) {
            assertRefused(KmsErrorCode.FORBIDDEN_IDENTITY, () -> server.opening(keyId(2), wrong, NOW));
            assertRefused(KmsErrorCode.FORBIDDEN_IDENTITY, () -> server.sealing(keyId(2), wrong, NOW));
        }
        assertThat(server.opening(keyId(9), CekScope.of(ALICE), NOW)).isEmpty();
    }

    @Test
    void saysWhenTheKmsIsToBeAskedAgain() {
        faults(
                client,
                TestCek.of(1).refreshAfter(NOW.plusSeconds(10)),
                TestCek.of(2).session("s-1").messages(32),
                TestCek.of(3).session("s-2").refreshAfter(NOW).status(CekStatus.RETIRING));

        assertThat(client.due(NOW.plusSeconds(9))).isEmpty();
        assertThat(client.due(NOW.plusSeconds(10)))
                .extracting(CekDetails::keyId)
                .containsExactly(keyId(1));
        for (int i = 0; i < 31; i++) {
            sealing(client, CekScope.of(SERVER, "s-1"));
        }
        assertThat(client.due(NOW)).isEmpty();
        client.opened(keyId(2));
        assertThat(client.due(NOW)).extracting(CekDetails::keyId).containsExactly(keyId(2));
    }

    @Test
    void countsInStepsAndNeverTooFewAfterARestart() {
        faults(server, TestCek.of(1).messages(160));
        long generation = server.generation();
        for (int i = 0; i < 25; i++) {
            sealing(server, CekScope.of(ALICE));
        }
        assertThat(server.generation()).as("two steps of ten more").isEqualTo(generation + 2);
        reopenServer();
        for (int i = 0; i < 130; i++) {
            assertThat(server.due(NOW)).as("message " + i).isEmpty();
            sealing(server, CekScope.of(ALICE));
        }
        assertThat(server.due(NOW)).as("30 counted before, at least 25 sent").isNotEmpty();

        faults(server, TestCek.of(1).revision(2).messages(160));
        assertThat(server.due(NOW)).as("the KMS has said it anew").isEmpty();
    }

    @Test
    void endsTheKeysThatAreMeant() {
        faults(
                server,
                TestCek.of(1).session("s-1"),
                TestCek.of(2).session("s-1").user(BOB),
                TestCek.of(3));

        server.end(key -> key.session().equals(Optional.of("s-1")), RULES);
        faults(server, TestCek.of(1).session("s-1"));

        assertThat(server.keys()).extracting(CekDetails::keyId).containsExactly(keyId(3));
    }

    @Test
    void wipesKeysThatAreNotHeldAnyMore() {
        faults(server, TestCek.of(1));
        ContentEncryptionKey taken =
                server.opening(keyId(1), CekScope.of(ALICE), NOW).orElseThrow();
        server.close();

        assertThatThrownBy(server::keys).isInstanceOf(IllegalStateException.class);
        assertThat(taken.<String>use(HexFormat.of()::formatHex)).isEqualTo("81".repeat(32));
        taken.close();
    }

    @Test
    void printsNoSecret() {
        faults(server, TestCek.of(1));
        assertThat(server.toString()).isEqualTo("CekKeys[" + file("server") + "]");
        assertThat(server.keys().toString()).doesNotContain("8181");
    }

    private static CekRules rulesAt(Instant now) {
        return new CekRules(now, Duration.ofSeconds(60), user -> true);
    }

    private Path file(String name) {
        return folder.resolve(name + ".ceks");
    }

    private void reopenServer() {
        server.close();
        server = CekKeys.open(file("server"), TestKeys.storeKey(7), RANDOM);
    }

    private static List<CekAcknowledgement.Item> take(CekKeys keys, CekRules rules, TestCek... ceks) {
        try (CekList list = TestCek.list(ceks)) {
            return keys.take(list, rules);
        }
    }

    private static List<CekFault> faults(CekKeys keys, TestCek... ceks) {
        return take(keys, RULES, ceks).stream()
                .flatMap(item -> item.fault().stream())
                .toList();
    }

    private static String sealing(CekKeys keys, CekScope scope) {
        try (ContentEncryptionKey key = keys.sealing(scope, NOW)) {
            return key.keyId().toHex();
        }
    }

    private static String opened(CekKeys keys, int number, CekScope scope) {
        return opened(keys, number, scope, NOW);
    }

    private static String opened(CekKeys keys, int number, CekScope scope, Instant time) {
        Optional<ContentEncryptionKey> key = keys.opening(keyId(number), scope, time);
        try {
            return key.map(each -> each.<String>use(HexFormat.of()::formatHex)).orElse("");
        } finally {
            key.ifPresent(ContentEncryptionKey::close);
        }
    }

    private static void assertRefused(KmsErrorCode code, ThrowingCallable call) {
        KmsException refused = catchThrowableOfType(KmsException.class, call);
        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(code);
    }
}
