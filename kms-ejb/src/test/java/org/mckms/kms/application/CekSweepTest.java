package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.kms.application.CekDevice.noSession;
import static org.mckms.kms.application.CekDevice.octets;
import static org.mckms.kms.application.CekDevice.only;
import static org.mckms.kms.application.CekDevice.session;
import static org.mckms.kms.application.CekDevice.stored;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.MCPTT;
import static org.mckms.kms.application.ServerRig.OPERATOR;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.cek.CekEnding;
import org.mckms.kms.domain.cek.CekRecord;
import org.mckms.kms.domain.cek.CekState;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekQuery;

/** What time brings to keys, moved by hand: 15 minutes to acknowledge, a day to renewal, a week of life, 5 minutes of overlap. */
class CekSweepTest {

    private static final CekQuery UNACKNOWLEDGED = new CekQuery(false, Optional.empty());

    private final ServerRig rig = new ServerRig(ServerRig.WITH_CEKS);
    private final CekDevice alice = CekDevice.user(rig, ALICE);
    private final CekDevice mcptt = CekDevice.server(rig, MCPTT);

    @AfterEach
    void close() {
        rig.close();
    }

    private List<CekRecord> records() {
        return rig.transactions.inNew(() -> rig.ceks.register.lockOfUser(ALICE).records());
    }

    private CekRecord record(Cek cek) {
        return records().stream()
                .filter(one -> one.keyId().equals(cek.keyId()))
                .findFirst()
                .orElseThrow();
    }

    private void after(Duration time) {
        rig.time.pass(time);
        rig.ceks.sweep.run();
    }

    private Cek active() {
        Cek cek = alice.current();
        mcptt.acknowledge(stored(cek));
        return cek;
    }

    private Cek told(Cek cek) {
        return mcptt.list(UNACKNOWLEDGED).stream()
                .filter(one -> one.keyId().equals(cek.keyId()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void endsWhatTheServerDoesNotAcknowledgeInTime() {
        Cek cek = alice.current();

        after(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(record(cek).state()).isEqualTo(CekState.PENDING);
        after(Duration.ofSeconds(1));
        assertThat(record(cek).ending()).contains(CekEnding.NOT_ACKNOWLEDGED);
        assertThat(told(cek).key()).isEmpty();
        assertThat(rig.audit.notes()).anySatisfy(note -> {
            assertThat(note.event()).isEqualTo(AuditEvent.CEK_ENDED);
            assertThat(note.actor()).isEqualTo("system");
            assertThat(note.details()).containsEntry("ending", "NOT_ACKNOWLEDGED");
        });
    }

    @Test
    void endsTheOldKeyWhenTheOverlapIsOver() {
        Cek old = active();
        rig.time.pass(Duration.ofHours(1));
        Cek next = alice.renew(ALICE, noSession()).get(0);
        mcptt.acknowledge(stored(next));

        after(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(record(old).state()).isEqualTo(CekState.RETIRING);
        after(Duration.ofSeconds(1));
        assertThat(record(old).ending()).contains(CekEnding.RENEWED);
        assertThat(record(next).state()).isEqualTo(CekState.ACTIVE);
    }

    @Test
    void renewsByItselfWhatNobodyRenewsButLifeGoesOnForNoLonger() {
        Cek old = active();
        CekRecord made = record(old);

        after(Duration.ofDays(1).plusMinutes(5).minusSeconds(1));
        assertThat(records()).hasSize(1);
        after(Duration.ofSeconds(1));
        assertThat(records()).hasSize(2);
        CekRecord next = records().stream()
                .filter(cek -> cek.state() == CekState.PENDING)
                .findFirst()
                .orElseThrow();
        assertThat(next.predecessor()).contains(old.keyId());
        assertThat(next.validTo()).isEqualTo(made.validTo());
        assertThat(record(old).state()).isEqualTo(CekState.ACTIVE);

        after(Duration.ofSeconds(1));
        assertThat(records()).as("once is enough").hasSize(2);
        mcptt.acknowledge(
                mcptt.list(UNACKNOWLEDGED).stream().map(CekDevice::stored).toArray(CekAcknowledgement.Item[]::new));
        assertThat(record(old).state()).isEqualTo(CekState.RETIRING);
    }

    @Test
    void triesRenewalAgainWhenTheServerDidNotTakeTheSuccessor() {
        active();
        after(Duration.ofDays(1).plusMinutes(5));
        after(Duration.ofMinutes(15));
        after(Duration.ofSeconds(1));

        assertThat(records())
                .extracting(CekRecord::state)
                .containsExactlyInAnyOrder(CekState.ACTIVE, CekState.ENDED, CekState.PENDING);
    }

    @Test
    void keysOfAUserWhoNeverComesBackEnd() {
        active();
        for (int day = 0; day < 8; day++) {
            after(Duration.ofDays(1).plusMinutes(6));
            mcptt.acknowledge(
                    mcptt.list(UNACKNOWLEDGED).stream().map(CekDevice::stored).toArray(CekAcknowledgement.Item[]::new));
        }

        assertThat(records()).allMatch(cek -> cek.state() == CekState.ENDED);
        assertThat(mcptt.list(new CekQuery(true, Optional.empty()))).isEmpty();
    }

    @Test
    void aKeyWhoseLifeIsOverIsNotGivenOutEvenBeforeTheSweepHasSeenIt() {
        Cek old = active();
        rig.time.pass(Duration.ofDays(7));

        Map<String, Cek> now = new HashMap<>();
        alice.current(noSession()).forEach(cek -> now.put(cek.keyId().toHex(), cek));
        assertThat(now.values())
                .anyMatch(cek ->
                        cek.validTo().orElseThrow().equals(rig.time.instant().plus(Duration.ofDays(7))));
        rig.ceks.sweep.run();
        assertThat(record(old).ending()).contains(CekEnding.EXPIRED);
    }

    @Test
    void forgetsEndedKeysWhenEverybodyKnows() {
        Cek cek = only(alice.current(session("call-1")));
        mcptt.acknowledge(stored(cek));
        alice.end(CekEnd.ofUser());

        after(Duration.ofMinutes(2));
        assertThat(records()).hasSize(1);
        mcptt.acknowledge(stored(told(cek)));
        after(Duration.ZERO);
        assertThat(records()).as("listeners heard of it a minute ago").isEmpty();
    }

    @Test
    void remembersAnEndForAsLongAsTheServerMayHaveTheKey() {
        Cek cek = active();
        alice.end(CekEnd.ofUser());

        after(Duration.ofDays(7).minusSeconds(1));
        assertThat(record(cek).state()).isEqualTo(CekState.ENDED);
        after(Duration.ofSeconds(1));
        assertThat(records()).isEmpty();
    }

    @Test
    void hundredsOfSessionsLeaveNothingBehind() {
        for (int i = 0; i < 300; i++) {
            Cek cek = only(alice.current(session("call-" + i)));
            if (i % 2 == 0) {
                mcptt.acknowledge(stored(cek));
            }
            mcptt.end(CekEnd.ofSession("call-" + i));
        }
        assertThat(records()).hasSize(300).allMatch(cek -> cek.state() == CekState.ENDED);

        after(Duration.ofMinutes(1));
        assertThat(records()).isEmpty();
    }

    @Test
    void makesNoSuccessorForABlockedUser() {
        active();
        rig.operatorsIdentities.block(OPERATOR, ALICE, "device lost");

        after(Duration.ofDays(2));
        assertThat(records()).allMatch(cek -> cek.state() == CekState.ENDED);
    }

    @Test
    void anotherNodeThatSweepsIsLeftToIt() {
        Cek cek = alice.current();
        rig.time.pass(Duration.ofMinutes(15));
        rig.transactions.inNew(() -> {
            rig.transactions
                    .entities()
                    .createNativeQuery("SELECT name FROM kms_lock WHERE name = 'ceks' FOR UPDATE", String.class)
                    .getSingleResult();
            Thread other = new Thread(rig.ceks.sweep::run);
            other.start();
            try {
                other.join(Duration.ofSeconds(30).toMillis());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return other;
        });
        assertThat(record(cek).state()).isEqualTo(CekState.PENDING);

        rig.ceks.sweep.run();
        assertThat(record(cek).state()).isEqualTo(CekState.ENDED);
    }

    @Test
    void aKeyThatIsGivenAgainIsTheSameAfterAllThat() {
        Cek cek = active();
        after(Duration.ofHours(20));

        assertThat(octets(alice.current())).isEqualTo(octets(cek));
    }
}
