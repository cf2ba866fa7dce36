package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.OPERATOR;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.application.UnsureTransactions.Fate;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.persistence.ConcurrentChangeException;
import org.mckms.platform.persistence.Unwritten;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsException;

class RecordedTransactionsTest {

    private static final AuditNote NOTE =
            AuditNote.of(AuditEvent.IDENTITY_BLOCKED, AuditNote.OK, AuditNote.SYSTEM, ALICE);

    private final ServerRig rig = new ServerRig();

    @BeforeEach
    void forgetTheCeremony() {
        assertThat(rig.audit.notes()).isEmpty();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private RegisteredIdentity alice() {
        return RegisteredIdentity.fresh(ALICE, ClientKind.MC_CLIENT, Instant.EPOCH, Optional.empty());
    }

    @Test
    void aBrokenConstraintLeavesNoRecord() {
        rig.transactions.runInNew(() -> rig.identities.add(alice()));

        assertThatExceptionOfType(ConcurrentChangeException.class)
                .isThrownBy(() -> rig.recorded.inNew(trail -> {
                    rig.transactions.entities().createNativeQuery("SELECT 1").getResultList();
                    rig.identities.add(alice());
                    trail.accept(NOTE);
                    return null;
                }));

        assertThat(rig.audit.notes()).isEmpty();
    }

    @Test
    void aCommittedChangeHasOneRecord() {
        rig.recorded.inNew(trail -> {
            trail.accept(NOTE);
            return null;
        });

        assertThat(rig.audit.notes()).containsExactly(NOTE);
    }

    @Test
    void aFailedCommitIsFollowedByARecordThatSaysSo() {
        rig.committing.through(new UnsureTransactions(rig.transactions, Fate.ROLLED_BACK));

        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> rig.operatorsIdentities.block(OPERATOR, ALICE, "stolen"));

        assertThat(rig.audit.notes()).extracting(AuditNote::outcome).containsExactly("ok", "failed");
        assertThat(rig.audit.last().details())
                .containsEntry("reason", "stolen")
                .containsEntry("committed", "unknown")
                .containsEntry("failure", "DATABASE_UNAVAILABLE");
        assertThat(rig.operatorsIdentities.list(OPERATOR, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void aCommitThatMayNotBeWrittenIsFollowedByARecordThatSaysSo() {
        rig.committing.through(new UnsureTransactions(rig.transactions, Fate.NOT_WRITTEN));

        Unwritten<String> unwritten = rig.recorded.inNewUnwritten(trail -> {
            trail.accept(NOTE);
            return "done";
        });
        assertThat(unwritten.result()).isEqualTo("done");
        assertThat(rig.audit.notes()).containsExactly(NOTE);

        assertThatExceptionOfType(KmsException.class).isThrownBy(unwritten::written);
        assertThat(rig.audit.notes()).extracting(AuditNote::outcome).containsExactly("ok", "failed");
        assertThat(rig.audit.last().details()).containsEntry("committed", "unknown");
    }

    @Test
    void workThatFailsLeavesNoneOfTheRecordsItTookTogether() {
        rig.transactions.runInNew(() -> rig.identities.add(alice()));

        assertThatExceptionOfType(ConcurrentChangeException.class)
                .isThrownBy(() -> rig.recorded.inNewTogether(trail -> {
                    trail.accept(NOTE);
                    rig.identities.add(alice());
                    return null;
                }));

        assertThat(rig.audit.notes()).isEmpty();
    }

    @Test
    void recordsTakenTogetherAreWrittenInOrderAndTakenBackIfTheCommitFails() {
        AuditNote second = NOTE.with("reason", "second");
        rig.recorded.inNewTogether(trail -> {
            trail.accept(NOTE);
            trail.accept(second);
            return null;
        });
        assertThat(rig.audit.notes()).containsExactly(NOTE, second);

        rig.committing.through(new UnsureTransactions(rig.transactions, Fate.ROLLED_BACK));
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> rig.recorded.inNewTogether(trail -> {
                    trail.accept(NOTE);
                    return null;
                }));
        assertThat(rig.audit.notes()).extracting(AuditNote::outcome).containsExactly("ok", "ok", "ok", "failed");
    }
}
