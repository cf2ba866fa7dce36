package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.CekDevice.noSession;
import static org.mckms.kms.application.CekDevice.octets;
import static org.mckms.kms.application.CekDevice.only;
import static org.mckms.kms.application.CekDevice.session;
import static org.mckms.kms.application.CekDevice.stored;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.BOB;
import static org.mckms.kms.application.ServerRig.MCDATA;
import static org.mckms.kms.application.ServerRig.MCPTT;
import static org.mckms.kms.application.ServerRig.OPERATOR;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.application.cek.CekRequest;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.cek.CekNotice;
import org.mckms.kms.domain.cek.CekState;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekOrder;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class ContentKeysTest {

    private static final CekQuery UNACKNOWLEDGED = new CekQuery(false, Optional.empty());
    private static final CekQuery LIVING = new CekQuery(true, Optional.empty());

    private ServerRig rig = new ServerRig(ServerRig.WITH_CEKS);
    private CekDevice alice = CekDevice.user(rig, ALICE);
    private CekDevice mcptt = CekDevice.server(rig, MCPTT);

    @AfterEach
    void close() {
        rig.close();
    }

    private void with(String setting, String value) {
        rig.close();
        Map<String, String> settings = new HashMap<>(ServerRig.WITH_CEKS);
        settings.put(setting, value);
        rig = new ServerRig(settings);
        alice = CekDevice.user(rig, ALICE);
        mcptt = CekDevice.server(rig, MCPTT);
    }

    private static void refuses(KmsErrorCode code, Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private List<AuditEvent> cekEvents() {
        return rig.audit.events().stream()
                .filter(event -> event.name().startsWith("CEK"))
                .toList();
    }

    private long count(String table) {
        return rig.transactions.inNew(() -> ((Number) rig.transactions
                        .entities()
                        .createNativeQuery("SELECT COUNT(*) FROM " + table)
                        .getSingleResult())
                .longValue());
    }

    /** As the server does that has got it by a push. */
    private Cek acknowledged(Cek cek) {
        mcptt.acknowledge(stored(cek));
        return cek;
    }

    @Test
    void makesAKeyThatIsPendingUntilTheServerHasAcknowledgedIt() {
        Cek pending = alice.current();

        assertThat(pending.status()).isEqualTo(CekStatus.PENDING);
        assertThat(pending.peerUri()).isEqualTo(MCPTT);
        assertThat(pending.userUri()).isEmpty();
        assertThat(pending.session()).isEmpty();
        assertThat(pending.revision()).isEqualTo(1);
        assertThat(pending.validFrom()).isEqualTo(rig.time.instant());
        assertThat(pending.validTo()).contains(rig.time.instant().plus(Duration.ofDays(7)));
        assertThat(pending.refreshAfter()).contains(rig.time.instant().plus(Duration.ofDays(1)));
        assertThat(pending.refreshAfterMessages()).hasValue(1_000_000);
        assertThat(count("kms_outbox")).isEqualTo(1);
        assertThat(cekEvents()).containsExactly(AuditEvent.CEK_CREATED);

        Cek pulled = only(mcptt.list(UNACKNOWLEDGED));
        assertThat(pulled.keyId()).isEqualTo(pending.keyId());
        assertThat(pulled.userUri()).contains(ALICE);
        assertThat(octets(pulled)).isEqualTo(octets(pending));
        assertThat(mcptt.acknowledge(stored(pulled))).isEmpty();

        Cek active = alice.current();
        assertThat(active.status()).isEqualTo(CekStatus.ACTIVE);
        assertThat(active.keyId()).isEqualTo(pending.keyId());
        assertThat(active.revision()).isEqualTo(1);
        assertThat(octets(active)).isEqualTo(octets(pending));
        assertThat(mcptt.list(UNACKNOWLEDGED)).isEmpty();
        assertThat(only(mcptt.list(LIVING)).status()).isEqualTo(CekStatus.ACTIVE);
        assertThat(cekEvents())
                .containsExactly(
                        AuditEvent.CEK_CREATED,
                        AuditEvent.CEK_SERVED,
                        AuditEvent.CEK_ACTIVATED,
                        AuditEvent.CEK_SERVED,
                        AuditEvent.CEK_SERVED);
    }

    @Test
    void theAuditTrailHasKeyIdsAndNoKeys() {
        Cek cek = alice.current();

        assertThat(rig.audit.notes()).anySatisfy(note -> {
            assertThat(note.event()).isEqualTo(AuditEvent.CEK_CREATED);
            assertThat(note.subject()).isEqualTo(ALICE);
            assertThat(note.details())
                    .containsEntry("keyId", cek.keyId().toHex())
                    .containsEntry("server", MCPTT);
        });
        assertThat(rig.audit.notes().toString()).doesNotContain(octets(cek).toHex());
        assertThat(rig.database.dump().toLowerCase()).doesNotContain(octets(cek).toHex());
    }

    @Test
    void usersAndSessionsOfOneServerHaveKeysOfTheirOwn() {
        CekDevice bob = CekDevice.user(rig, BOB);
        List<Cek> all = List.of(
                alice.current(),
                only(alice.current(session("call-1"))),
                only(alice.current(session("call-2"))),
                only(bob.current(session("call-1"))));

        assertThat(all).extracting(Cek::keyId).doesNotHaveDuplicates();
        assertThat(all).extracting(CekDevice::octets).doesNotHaveDuplicates();
        assertThat(all.get(1).session()).contains("call-1");
        assertThat(only(alice.current(session("call-1"))).keyId())
                .isEqualTo(all.get(1).keyId());
    }

    @Test
    void asksAnotherServerWhereTheOrderNamesOneThatSharesKeys() {
        Cek other = only(alice.current(new CekOrder(Optional.empty(), Optional.of(MCDATA))));

        assertThat(other.peerUri()).isEqualTo(MCDATA);
        assertThat(mcptt.list(LIVING)).isEmpty();
        assertThat(only(CekDevice.server(rig, MCDATA).list(LIVING)).keyId()).isEqualTo(other.keyId());
        refuses(
                KmsErrorCode.NOT_FOUND,
                () -> alice.current(new CekOrder(Optional.empty(), Optional.of("sip:other@example.org"))));
    }

    @Test
    void aSecondAcknowledgementChangesNothing() {
        Cek cek = acknowledged(alice.current());
        int notes = rig.audit.notes().size();

        mcptt.acknowledge(stored(cek));
        assertThat(rig.audit.notes()).hasSize(notes);
        assertThat(alice.current().status()).isEqualTo(CekStatus.ACTIVE);
    }

    @Test
    void anotherServerAcknowledgesNothingAndSeesNothing() {
        Cek cek = alice.current();
        CekDevice mcdata = CekDevice.server(rig, MCDATA);

        mcdata.acknowledge(stored(cek));
        assertThat(alice.current().status()).isEqualTo(CekStatus.PENDING);
        assertThat(mcdata.list(LIVING)).isEmpty();
    }

    @Test
    void anAcknowledgementOfWhatNeverWasChangesNothing() {
        Cek cek = alice.current();

        mcptt.acknowledge(
                new CekAcknowledgement.Item(cek.keyId(), 2, Optional.empty()),
                new CekAcknowledgement.Item(Octets.fromHex("00".repeat(16)), 1, Optional.empty()));
        assertThat(alice.current().status()).isEqualTo(CekStatus.PENDING);
    }

    @Test
    void prolongsAYoungKeyForWhoAsksForRenewal() {
        Cek cek = acknowledged(alice.current());
        rig.time.pass(Duration.ofMinutes(4));

        Cek prolonged = only(alice.renew(ALICE, noSession()));

        assertThat(prolonged.keyId()).isEqualTo(cek.keyId());
        assertThat(prolonged.revision()).isEqualTo(2);
        assertThat(prolonged.status()).isEqualTo(CekStatus.ACTIVE);
        assertThat(prolonged.validTo()).contains(rig.time.instant().plus(Duration.ofDays(7)));
        assertThat(octets(prolonged)).isEqualTo(octets(cek));
        assertThat(rig.audit.events()).contains(AuditEvent.CEK_UPDATED);
        assertThat(only(mcptt.list(UNACKNOWLEDGED)).revision()).isEqualTo(2);
        assertThat(only(alice.renew(ALICE, noSession())).revision())
                .as("not again while the server does not know")
                .isEqualTo(2);
    }

    @Test
    void givesAnOlderKeyASuccessorAndBothOpenForAWhile() {
        Cek old = acknowledged(alice.current());
        rig.time.pass(Duration.ofMinutes(5));

        List<Cek> renewed = alice.renew(ALICE, noSession());
        Cek next = renewed.get(0);
        assertThat(renewed).extracting(Cek::status).containsExactly(CekStatus.PENDING, CekStatus.ACTIVE);
        assertThat(renewed.get(1).keyId()).isEqualTo(old.keyId());
        assertThat(octets(next)).isNotEqualTo(octets(old));
        assertThat(alice.renew(ALICE, noSession()))
                .extracting(Cek::keyId)
                .as("asked twice, made once")
                .containsExactlyInAnyOrder(next.keyId(), old.keyId());

        acknowledged(next);
        assertThat(status(alice.current(noSession())))
                .containsOnly(Map.entry(next.keyId(), CekStatus.ACTIVE), Map.entry(old.keyId(), CekStatus.RETIRING));
        assertThat(count("kms_outbox WHERE reference = '" + old.keyId().toHex() + ":2'"))
                .as("the server is told of it")
                .isEqualTo(1);
        Cek retiring = byId(mcptt.list(UNACKNOWLEDGED), old);
        assertThat(retiring.status()).isEqualTo(CekStatus.RETIRING);
        assertThat(retiring.revision()).isEqualTo(2);
        assertThat(retiring.validTo()).contains(rig.time.instant().plus(Duration.ofMinutes(5)));
        assertThat(octets(retiring)).isEqualTo(octets(old));
        assertThat(rig.audit.events()).contains(AuditEvent.CEK_RENEWED);
    }

    private static Map<Octets, CekStatus> status(List<Cek> ceks) {
        Map<Octets, CekStatus> status = new HashMap<>();
        ceks.forEach(cek -> status.put(cek.keyId(), cek.status()));
        return status;
    }

    private static Cek byId(List<Cek> ceks, Cek cek) {
        return ceks.stream()
                .filter(one -> one.keyId().equals(cek.keyId()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theServerRenewsKeysOfItsOwnUsersAndMakesNoFirstOnes() {
        Cek cek = acknowledged(alice.current());

        Cek prolonged = only(mcptt.renew(ALICE, noSession()));
        assertThat(prolonged.keyId()).isEqualTo(cek.keyId());
        assertThat(prolonged.userUri()).contains(ALICE);
        refuses(KmsErrorCode.NOT_FOUND, () -> mcptt.renew(ALICE, session("call-1")));
        refuses(KmsErrorCode.NOT_FOUND, () -> mcptt.renew(BOB, noSession()));
        refuses(KmsErrorCode.NOT_FOUND, () -> mcptt.renew(MCDATA, noSession()));
        CekDevice mcdata = CekDevice.server(rig, MCDATA);
        refuses(KmsErrorCode.NOT_FOUND, () -> mcdata.renew(ALICE, noSession()));
        refuses(
                KmsErrorCode.FORBIDDEN_IDENTITY,
                () -> mcdata.renew(ALICE, new CekOrder(Optional.empty(), Optional.of(MCPTT))));
    }

    @Test
    void nobodyGetsOrRenewsTheKeyOfAnotherUser() {
        alice.current();
        CekDevice bob = CekDevice.user(rig, BOB);

        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, () -> bob.renew(ALICE, noSession()));
        CekRequest forged = bob.request("/" + ALICE, Optional.of(ALICE), noSession());
        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, () -> rig.ceks.keys.current(bob.caller, forged, new AnswerForm()));
        refuses(KmsErrorCode.SIGNATURE_REQUIRED, () -> rig.ceks.keys.current(alice.caller, forged, new AnswerForm()));
        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, mcptt::current);
        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, () -> bob.list(LIVING));
        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, bob::acknowledge);
    }

    @Test
    void anUnsignedRequestOfADeviceWithKeysGetsNothing() {
        CekRequest unsigned = new CekRequest(Optional.of(ALICE), Optional.empty(), "/keymanagement/cek/v1/" + ALICE);

        refuses(KmsErrorCode.SIGNATURE_REQUIRED, () -> rig.ceks.keys.current(alice.caller, unsigned, new AnswerForm()));
        assertThat(count("kms_cek")).isZero();
    }

    @Test
    void theSameRequestIsNotLetInTwice() {
        CekRequest request = alice.request("/" + ALICE, Optional.of(ALICE), noSession());

        rig.ceks.keys.current(alice.caller, request, new AnswerForm()).close();
        refuses(KmsErrorCode.REPLAYED_REQUEST, () -> rig.ceks.keys.current(alice.caller, request, new AnswerForm()));
    }

    @Test
    void aResourceTakesItsOwnQuestionOnly() {
        CekRequest wrong = alice.request("/" + ALICE, Optional.of(ALICE), CekEnd.ofUser());

        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> rig.ceks.keys.current(alice.caller, wrong, new AnswerForm()));
        CekRequest order = alice.request("/ends", Optional.empty(), noSession());
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> rig.ceks.keys.end(alice.caller, order, new AnswerForm()));
    }

    @Test
    void aUserEndsItsKeyAndTheServerIsTold() {
        Cek cek = acknowledged(only(alice.current(session("call-1"))));

        Cek ended = only(alice.end(CekEnd.ofKeys(List.of(cek.keyId()))));

        assertThat(ended.status()).isEqualTo(CekStatus.REVOKED);
        assertThat(ended.revision()).isEqualTo(2);
        assertThat(ended.key()).isEmpty();
        assertThat(sealedOctets()).isZero();
        Cek told = only(mcptt.list(UNACKNOWLEDGED));
        assertThat(told.status()).isEqualTo(CekStatus.REVOKED);
        assertThat(told.revision()).isEqualTo(2);
        assertThat(count("kms_outbox")).isEqualTo(2);
        assertThat(only(alice.end(CekEnd.ofKeys(List.of(cek.keyId())))).revision())
                .as("twice is once")
                .isEqualTo(2);
        assertThat(cekEvents().stream().filter(AuditEvent.CEK_ENDED::equals)).hasSize(1);
    }

    private long sealedOctets() {
        return count("kms_cek WHERE sealed IS NOT NULL");
    }

    @Test
    void aUserTearsDownTheirPartOfASessionOnly() {
        CekDevice bob = CekDevice.user(rig, BOB);
        Cek ofAlice = acknowledged(only(alice.current(session("call-1"))));
        Cek ofBob = acknowledged(only(bob.current(session("call-1"))));
        Cek other = acknowledged(only(alice.current(session("call-2"))));

        List<Cek> ended = alice.end(CekEnd.ofSession("call-1"));

        assertThat(ended).extracting(Cek::keyId).containsExactly(ofAlice.keyId());
        assertThat(mcptt.list(LIVING)).extracting(Cek::keyId).containsExactlyInAnyOrder(ofBob.keyId(), other.keyId());
    }

    @Test
    void theServerTearsDownASessionAndNeedsNotBeTold() {
        CekDevice bob = CekDevice.user(rig, BOB);
        Cek ofAlice = acknowledged(only(alice.current(session("call-1"))));
        Cek ofBob = acknowledged(only(bob.current(session("call-1"))));
        Cek other = acknowledged(only(alice.current(session("call-2"))));
        long queued = count("kms_outbox");

        List<Cek> ended = mcptt.end(CekEnd.ofSession("call-1"));

        assertThat(ended).extracting(Cek::keyId).containsExactlyInAnyOrder(ofAlice.keyId(), ofBob.keyId());
        assertThat(ended).allMatch(cek -> cek.status() == CekStatus.REVOKED);
        assertThat(count("kms_outbox")).isEqualTo(queued);
        assertThat(mcptt.list(UNACKNOWLEDGED)).isEmpty();
        assertThat(only(mcptt.list(LIVING)).keyId()).isEqualTo(other.keyId());
    }

    @Test
    void logOffEndsAllKeysOfTheUserAndOfNobodyElse() {
        CekDevice bob = CekDevice.user(rig, BOB);
        alice.current();
        alice.current(session("call-1"));
        bob.current();

        assertThat(alice.end(CekEnd.ofUser())).hasSize(2);
        assertThat(only(mcptt.list(LIVING)).userUri()).contains(BOB);
        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, () -> mcptt.end(CekEnd.ofUser()));
    }

    @Test
    void nobodyEndsKeysOfOthersAndAWrongKeyIdEndsNone() {
        CekDevice bob = CekDevice.user(rig, BOB);
        Cek ofAlice = alice.current();
        Cek ofBob = bob.current();

        refuses(KmsErrorCode.NOT_FOUND, () -> bob.end(CekEnd.ofKeys(List.of(ofAlice.keyId(), ofBob.keyId()))));
        refuses(KmsErrorCode.NOT_FOUND, () -> CekDevice.server(rig, MCDATA)
                .end(CekEnd.ofKeys(List.of(ofAlice.keyId()))));
        assertThat(mcptt.list(LIVING)).hasSize(2);
        assertThat(bob.end(CekEnd.ofSession("call-1"))).isEmpty();
    }

    @Test
    void aServerWithItsOwnCertificateEndsOneKey() {
        Cek cek = alice.current();

        rig.ceks.keys.endOne(mcptt.caller, cek.keyId());
        rig.ceks.keys.endOne(mcptt.caller, cek.keyId());
        assertThat(mcptt.list(LIVING)).isEmpty();
        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, () -> rig.ceks.keys.endOne(alice.caller, cek.keyId()));
        refuses(
                KmsErrorCode.NOT_FOUND,
                () -> rig.ceks.keys.endOne(ServerRig.server(ClientKind.MC_SERVER, MCDATA), cek.keyId()));
    }

    @Test
    void anEndedKeyIsToldOnceMoreAndANewOneIsMadeForWhoAsks() {
        Cek old = acknowledged(alice.current());
        alice.end(CekEnd.ofUser());

        List<Cek> now = alice.current(noSession());
        assertThat(status(now)).hasSize(2).containsEntry(old.keyId(), CekStatus.REVOKED);
        assertThat(now.get(0).status()).isEqualTo(CekStatus.PENDING);
        assertThat(now.get(0).keyId()).isNotEqualTo(old.keyId());
    }

    @Test
    void noKeyForABlockedUserAndAllItsKeysEndWithTheBlock() {
        Cek cek = acknowledged(alice.current());
        alice.current(session("call-1"));

        rig.operatorsIdentities.block(OPERATOR, ALICE, "device lost");

        assertThat(sealedOctets()).isZero();
        assertThat(mcptt.list(LIVING)).isEmpty();
        assertThat(status(mcptt.list(UNACKNOWLEDGED))).containsEntry(cek.keyId(), CekStatus.REVOKED);
        refuses(KmsErrorCode.IDENTITY_BLOCKED, alice::current);
        refuses(KmsErrorCode.IDENTITY_BLOCKED, () -> mcptt.renew(ALICE, noSession()));
        assertThat(rig.audit.notes())
                .filteredOn(note -> note.event() == AuditEvent.CEK_ENDED)
                .hasSize(2)
                .allMatch(note -> note.details().get("ending").equals("IDENTITY_BLOCKED"));
    }

    @Test
    void limitsTheSessionsOfAUserButNotTheKeyWithoutSession() {
        with("kms.cek.keys-per-user", "2");
        Cek first = only(alice.current(session("call-1")));
        alice.current(session("call-2"));

        refuses(KmsErrorCode.TOO_MANY_KEYS, () -> alice.current(session("call-3")));
        assertThat(alice.current().session()).isEmpty();
        assertThat(only(alice.current(session("call-1"))).keyId()).isEqualTo(first.keyId());
        alice.end(CekEnd.ofKeys(List.of(first.keyId())));
        assertThat(alice.current(session("call-3"))).hasSize(1);
    }

    @Test
    void endsThatTheServerNeverHearsOfAreLimitedToo() {
        with("kms.cek.keys-per-user", "1");
        for (int i = 0; i < 16; i++) {
            alice.current(session("call-" + i));
            alice.end(CekEnd.ofUser());
        }

        refuses(KmsErrorCode.TOO_MANY_KEYS, () -> alice.current(session("call-16")));
        mcptt.acknowledge(
                mcptt.list(UNACKNOWLEDGED).stream().map(CekDevice::stored).toArray(CekAcknowledgement.Item[]::new));
        assertThat(alice.current(session("call-16"))).hasSize(1);
    }

    @Test
    void endsOfKeysWithoutSessionAreLimitedToo() {
        with("kms.cek.keys-per-user", "1");
        for (int i = 0; i < 16; i++) {
            alice.current(noSession());
            alice.end(CekEnd.ofUser());
        }

        refuses(KmsErrorCode.TOO_MANY_KEYS, () -> alice.current(noSession()));
        mcptt.acknowledge(
                mcptt.list(UNACKNOWLEDGED).stream().map(CekDevice::stored).toArray(CekAcknowledgement.Item[]::new));
        assertThat(alice.current(noSession()))
                .filteredOn(cek -> cek.key().isPresent())
                .hasSize(1);
    }

    @Test
    void listsByPages() {
        List<Octets> made = List.of("a", "b", "c").stream()
                .map(name -> only(alice.current(session(name))).keyId())
                .sorted((one, other) -> one.toHex().compareTo(other.toHex()))
                .toList();

        assertThat(mcptt.list(new CekQuery(true, Optional.of(made.get(0)))))
                .extracting(Cek::keyId)
                .containsExactly(made.get(1), made.get(2));
        assertThat(mcptt.list(new CekQuery(false, Optional.of(made.get(2))))).isEmpty();
    }

    @Test
    void tellsListenersWhereTheirKeysStandAndNoKey() {
        Cek cek = acknowledged(alice.current());
        CekDevice.user(rig, BOB).current();

        assertThat(rig.ceks.keys.notices(List.of(ALICE, "sip:nobody@example.org")))
                .containsExactly(new CekNotice(ALICE, cek.keyId(), 1, CekState.ACTIVE));
        assertThat(rig.ceks.keys.notices(List.of())).isEmpty();
    }

    @Test
    void withoutServerThereAreNoKeys() {
        rig.close();
        rig = new ServerRig();
        alice = CekDevice.user(rig, ALICE);

        refuses(KmsErrorCode.NOT_FOUND, alice::current);
        refuses(KmsErrorCode.NOT_FOUND, () -> alice.renew(ALICE, noSession()));
        refuses(KmsErrorCode.NOT_FOUND, () -> alice.end(CekEnd.ofUser()));
    }

    @Test
    void noKeyWithoutItsAuditRecord() {
        rig.audit.available(false);

        assertThatExceptionOfType(KmsException.class).isThrownBy(alice::current);
        rig.audit.available(true);
        assertThat(count("kms_cek")).isZero();
        assertThat(count("kms_outbox")).isZero();
    }

    @Test
    void noKeyInTheClearWithoutTransportKeyUnlessThatIsAllowed() {
        with("kms.plain-keys", "refused");
        CekRequest plain = new CekRequest(Optional.of(BOB), Optional.empty(), "/keymanagement/cek/v1/" + BOB);

        refuses(
                KmsErrorCode.TRANSPORT_KEY_REQUIRED,
                () -> rig.ceks.keys.current(ServerRig.user(BOB), plain, new AnswerForm()));
        assertThat(count("kms_cek")).isZero();
    }
}
