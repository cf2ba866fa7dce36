package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.kms.application.PushedServer.Told;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.ClientKeysState;
import org.mckms.kms.domain.cek.CekEnding;
import org.mckms.kms.domain.cek.McServerChannel;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.config.DeliverySettings;
import org.mckms.platform.delivery.DeliveryView;
import org.mckms.platform.delivery.OutboxState;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekAcknowledgement.Item;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekFault;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.security.NamedKey;

/** Pushes of content encryption keys to an MC server, and what acknowledges them. */
class CekDeliveryTest {

    private static final String ALICE = ServerRig.ALICE;
    private static final String BOB = ServerRig.BOB;

    private final PushedServer server = new PushedServer();

    @AfterEach
    void close() {
        server.close();
    }

    private DeliveryView onlyLeft() {
        assertThat(server.left()).hasSize(1);
        return server.left().get(0);
    }

    private static List<Item> stored(Cek... ceks) {
        return Stream.of(ceks)
                .map(cek -> new Item(cek.keyId(), cek.revision(), Optional.empty()))
                .toList();
    }

    @Test
    void aKeyIsActiveOnceTheServerHasSignedForIt() {
        Cek made = server.keyOf(ALICE);
        assertThat(made.status()).isEqualTo(CekStatus.PENDING);
        server.workOff();

        assertThat(server.pushes)
                .containsExactly(List.of(new Told(made.keyId(), 1, CekStatus.PENDING, Optional.of(ALICE), true)));
        assertThat(server.keyOf(ALICE).status()).isEqualTo(CekStatus.ACTIVE);
        assertThat(server.left()).isEmpty();
        assertThat(server.rig.audit.events()).contains(AuditEvent.CEK_ACTIVATED);
    }

    @Test
    void manyKeysGoInOneDocumentAndNoMoreThanAListTakes() {
        IntStream.range(0, 300).forEach(i -> server.keyOf("sip:user" + i + "@example.org"));
        server.workOff();

        assertThat(server.pushes).extracting(List::size).containsExactly(256, 44);
        assertThat(server.left()).isEmpty();
    }

    @Test
    void onlyTheNewestStateOfAKeyIsTold() {
        Cek made = server.keyOf(ALICE);
        server.rig.transactions.runInNew(() -> server.rig.ceks.endings.endAllOf(ALICE, CekEnding.OPERATOR, note -> {}));
        server.workOff();

        assertThat(server.pushes)
                .containsExactly(List.of(new Told(made.keyId(), 2, CekStatus.REVOKED, Optional.of(ALICE), false)));
        assertThat(server.left()).isEmpty();
    }

    @Test
    void theFirstAnswerMakesTheKeysOfTheServerActive() {
        server.keyOf(ALICE);
        server.workOff();

        assertThat(server.rig.transactions.inNew(() -> server.rig.clientKeys.ofOwner(ServerRig.MCPTT)))
                .singleElement()
                .satisfies(row ->
                        assertThat(row.content().orElseThrow().record().state()).isEqualTo(ClientKeysState.ACTIVE));
        assertThat(server.rig.audit.events()).contains(AuditEvent.CLIENT_KEYS_ACTIVATED);
    }

    @Test
    void whatTheAcknowledgementDoesNotNameIsBroughtAgain() {
        Cek alice = server.keyOf(ALICE);
        Cek bob = server.keyOf(BOB);
        server.behaviour = received -> server.answer(stored(alice));
        server.workOff();
        assertThat(onlyLeft().reference()).startsWith(bob.keyId().toHex());
        assertThat(onlyLeft().reason().orElseThrow()).contains("does not name it");

        server.behaviour = server::acknowledge;
        server.rig.time.pass(Duration.ofSeconds(1));
        server.workOff();
        assertThat(server.left()).isEmpty();
        assertThat(server.keyOf(BOB).status()).isEqualTo(CekStatus.ACTIVE);
    }

    @Test
    void theSamePushTwiceHasOneEffect() {
        Cek made = server.keyOf(ALICE);
        server.behaviour = received -> {
            server.acknowledge(received);
            return new McServerChannel.Failed("the answer was lost");
        };
        server.workOff();
        assertThat(server.keyOf(ALICE).status()).isEqualTo(CekStatus.PENDING);
        server.behaviour = server::acknowledge;
        server.rig.time.pass(Duration.ofSeconds(1));
        server.workOff();

        assertThat(server.pushes).hasSize(2);
        assertThat(server.pushes.get(0)).isEqualTo(server.pushes.get(1));
        assertThat(server.keyOf(ALICE).keyId()).isEqualTo(made.keyId());
        assertThat(server.rig.audit.events()).containsOnlyOnce(AuditEvent.CEK_ACTIVATED);
    }

    @Test
    void whatTheServerHasAcknowledgedOtherwiseIsNotPushed() {
        Cek made = server.keyOf(ALICE);
        server.rig.transactions.runInNew(
                () -> server.rig.ceks.changes().acknowledged(ServerRig.MCPTT, stored(made), note -> {}));
        server.workOff();

        assertThat(server.pushes).isEmpty();
        assertThat(server.left()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = CekFault.class, names = "STORAGE", mode = EnumSource.Mode.EXCLUDE)
    void aKeyThatTheServerRefusesIsForOperators(CekFault fault) {
        Cek alice = server.keyOf(ALICE);
        server.keyOf(BOB);
        server.behaviour = received -> server.answer(server.pushes.get(0).stream()
                .map(told -> new Item(
                        told.keyId(), told.revision(), Optional.of(fault).filter(f -> told.keyId()
                                .equals(alice.keyId()))))
                .toList());
        server.workOff();

        assertThat(onlyLeft().state()).isEqualTo(OutboxState.DEAD);
        assertThat(onlyLeft().reason().orElseThrow()).contains(fault.name());
        assertThat(server.keyOf(ALICE).status()).isEqualTo(CekStatus.PENDING);
        assertThat(server.keyOf(BOB).status()).isEqualTo(CekStatus.ACTIVE);
        assertThat(server.rig.audit.notes())
                .filteredOn(note -> note.event() == AuditEvent.CEK_REFUSED_BY_SERVER)
                .singleElement()
                .extracting(AuditNote::details)
                .satisfies(details -> assertThat(details).containsEntry("fault", fault.name()));
    }

    @Test
    void aServerThatCouldNotStoreIsAskedAgain() {
        Cek made = server.keyOf(ALICE);
        server.behaviour = received -> server.answer(List.of(new Item(made.keyId(), 1, Optional.of(CekFault.STORAGE))));
        server.workOff();
        assertThat(onlyLeft().state()).isEqualTo(OutboxState.ASIDE);
        assertThat(server.rig.audit.events()).doesNotContain(AuditEvent.CEK_REFUSED_BY_SERVER);

        server.behaviour = server::acknowledge;
        server.rig.time.pass(Duration.ofSeconds(1));
        server.workOff();
        assertThat(server.keyOf(ALICE).status()).isEqualTo(CekStatus.ACTIVE);
    }

    private record Wrong(String what, String reason, Function<PushedServer, McServerChannel.Answer> answer) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static McServerChannel.Answer octets(byte[] octets) {
        return new McServerChannel.Taken(Octets.copyOf(octets));
    }

    private static List<Item> all(PushedServer server) {
        return server.pushes.get(0).stream()
                .map(told -> new Item(told.keyId(), told.revision(), Optional.empty()))
                .toList();
    }

    private static NamedKey ink(PushedServer server) {
        return server.device.keys().signingKey();
    }

    static Stream<Wrong> wrong() {
        return Stream.of(
                new Wrong("no answer", "no answer came", s -> new McServerChannel.Failed("no answer came")),
                new Wrong("an empty body", "", s -> octets(new byte[0])),
                new Wrong("a page of a proxy", "", s -> octets("<html>OK</html>".getBytes(StandardCharsets.UTF_8))),
                new Wrong("no signature", "not signed", s -> octets(KmsRequestCodec.encode(s.request(all(s))))),
                new Wrong(
                        "a key of somebody else",
                        "not the server's",
                        s -> s.signed(s.request(all(s)), NamedKey.takeFrom("other", new byte[32]))),
                new Wrong(
                        "another key under the name of the right one",
                        "does not hold",
                        s -> s.signed(s.request(all(s)), NamedKey.takeFrom(ink(s).name(), new byte[32]))),
                new Wrong(
                        "the TrK",
                        "does not hold",
                        s -> s.signed(s.request(all(s)), s.device.keys().transportKey())),
                new Wrong(
                        "another identity",
                        "speaks for another identity",
                        s -> s.signed(
                                PushedServer.request(ALICE, s.rig.time.instant(), PushedServer.URL, all(s)), ink(s))),
                new Wrong(
                        "another address",
                        "to something else",
                        s -> s.signed(
                                PushedServer.request(
                                        ServerRig.MCPTT, s.rig.time.instant(), PushedServer.URL + "2", all(s)),
                                ink(s))),
                new Wrong(
                        "an old time",
                        "Time of the answer",
                        s -> s.signed(
                                PushedServer.request(
                                        ServerRig.MCPTT,
                                        s.rig.time.instant().minusSeconds(61),
                                        PushedServer.URL,
                                        all(s)),
                                ink(s))),
                new Wrong(
                        "an order for a key",
                        "acknowledges nothing",
                        s -> s.signed(
                                SignedRequests.request(ServerRig.MCPTT, s.rig.time.instant(), PushedServer.URL)
                                        .with(CekEnd.ofUser()),
                                ink(s))),
                new Wrong(
                        "a key that was not sent",
                        "what was not sent",
                        s -> s.answer(List.of(new Item(Octets.copyOf(new byte[16]), 1, Optional.empty())))),
                new Wrong(
                        "a revision that was not sent",
                        "what was not sent",
                        s -> s.answer(List.of(new Item(s.pushes.get(0).get(0).keyId(), 2, Optional.empty())))));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void nothingElseAcknowledges(Wrong wrong) {
        server.keyOf(ALICE);
        server.keyOf(BOB);
        server.behaviour = received -> wrong.answer().apply(server);
        server.workOff();

        assertThat(server.left())
                .hasSize(2)
                .allSatisfy(left -> assertThat(left.state()).isEqualTo(OutboxState.WAITING))
                .allSatisfy(left -> assertThat(left.reason().orElseThrow()).contains(wrong.reason()));
        assertThat(server.keyOf(ALICE).status()).isEqualTo(CekStatus.PENDING);
        assertThat(server.rig.audit.events()).doesNotContain(AuditEvent.CEK_ACTIVATED);

        server.behaviour = server::acknowledge;
        server.rig.time.pass(Duration.ofSeconds(1));
        server.workOff();
        assertThat(server.keyOf(ALICE).status()).isEqualTo(CekStatus.ACTIVE);
        assertThat(server.left()).isEmpty();
    }

    @Test
    void isGivenUpAndRetriedByOperators() {
        server.keyOf(ALICE);
        server.behaviour = received -> new McServerChannel.Failed("the server answered 500");
        for (int i = 0; i < PushedServer.ATTEMPTS; i++) {
            server.workOff();
            server.rig.time.pass(Duration.ofSeconds(10));
        }
        assertThat(onlyLeft().state()).isEqualTo(OutboxState.DEAD);
        assertThat(onlyLeft().topic()).isEqualTo("cek");
        assertThat(onlyLeft().destination()).isEqualTo(ServerRig.MCPTT);

        server.behaviour = server::acknowledge;
        server.retry(onlyLeft().id());
        server.workOff();
        assertThat(server.keyOf(ALICE).status()).isEqualTo(CekStatus.ACTIVE);
    }

    @Test
    void aServerThatWasDownForTenMinutesAndPullsGetsEverythingAtOnce() {
        try (PushedServer down = new PushedServer(new DeliverySettings(8, 30, Duration.ofMinutes(10)))) {
            down.keyOf(ALICE);
            down.behaviour = received -> new McServerChannel.Failed("no connection");
            for (int second = 0; second < 600; second++) {
                down.workOff();
                down.rig.time.pass(Duration.ofSeconds(1));
            }
            assertThat(down.pushes.size()).isBetween(8, 12);
            down.keyOf(BOB);
            down.workOff();
            assertThat(down.left()).hasSize(2);
            down.behaviour = down::acknowledge;
            down.pull();
            down.workOff();

            assertThat(down.left()).isEmpty();
            assertThat(down.keyOf(ALICE).status()).isEqualTo(CekStatus.ACTIVE);
            assertThat(down.keyOf(BOB).status()).isEqualTo(CekStatus.ACTIVE);
        }
    }

    @Test
    void waitsForAServerThatIsNotRegistered() {
        server.rig.transactions.runInNew(() ->
                server.rig.clientKeys.revoke(new ClientKeysId(ServerRig.MCPTT, "default"), server.rig.time.instant()));
        server.keyOf(ALICE);
        server.workOff();

        assertThat(server.pushes).isEmpty();
        assertThat(onlyLeft().reason().orElseThrow()).contains("no transport key");
    }

    @Test
    void aBlockedServerGetsNoKeys() {
        server.keyOf(ALICE);
        server.rig.operatorsIdentities.block(ServerRig.OPERATOR, ServerRig.MCPTT, "stolen");
        server.workOff();

        assertThat(server.pushes).isEmpty();
        assertThat(onlyLeft().reason().orElseThrow()).contains("blocked");
    }

    @Test
    void aReferenceThatIsNoneIsForOperators() {
        server.order(ServerRig.MCPTT, "what");
        server.workOff();

        assertThat(onlyLeft().state()).isEqualTo(OutboxState.DEAD);
    }

    @Test
    void waitsForASettingThatNamesTheServer() {
        server.order("sip:former@example.org", "00112233445566778899AABBCCDDEEFF:1");
        server.workOff();

        assertThat(onlyLeft().state()).isEqualTo(OutboxState.WAITING);
        assertThat(onlyLeft().reason().orElseThrow()).contains("no address");
    }
}
