package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.ServerRig.AUDITOR;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.application.UnsureTransactions.Fate;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.platform.RecordedLog;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.config.PinSources;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** What an operator is told about token keys when the database fails in a ceremony. */
class CeremonyOutcomeTest {

    private static final String ORPHANED = "KMS000041";
    private static final String UNKNOWN = "KMS000042";
    private static final String STORED = "KMS000043";

    private final ServerRig rig = new ServerRig();
    private final RecordedLog log = new RecordedLog();

    @AfterEach
    void close() {
        log.close();
        rig.close();
    }

    private void epochFails(Fate... fates) {
        UnsureTransactions unsure = new UnsureTransactions(rig.transactions, fates);
        rig.ceremony.transactions = unsure;
        rig.committing.through(unsure);
        assertThatExceptionOfType(KmsException.class).isThrownBy(rig::epoch).satisfies(e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.DATABASE_UNAVAILABLE));
    }

    @Test
    void keysOfAnEpochThatIsCertainlyNotStoredMayBeRemoved() {
        epochFails(Fate.ROLLED_BACK);

        assertThat(log.lines(ORPHANED)).singleElement().asString().contains("may be removed");
        assertThat(rig.operatorsEpochs.list(AUDITOR)).isEmpty();
    }

    @Test
    void keysOfAStoredEpochAreNeverCalledUseless() {
        epochFails(Fate.COMMITTED_UNTOLD);

        assertThat(log.lines(ORPHANED)).isEmpty();
        assertThat(log.lines(STORED)).hasSize(1);
        assertThat(rig.operatorsEpochs.list(AUDITOR)).hasSize(1);
    }

    @Test
    void keysStayWhereNobodyKnowsWhetherTheEpochIsStored() {
        epochFails(Fate.COMMITTED_UNTOLD, Fate.NOT_BEGUN);

        assertThat(log.lines(ORPHANED)).isEmpty();
        assertThat(log.lines(UNKNOWN)).singleElement().asString().contains("do not remove");
    }

    @Test
    void aRecordedEpochWhoseCommitFailsIsTakenBackInTheTrail() {
        epochFails(Fate.ROLLED_BACK);

        AuditNote last = rig.audit.last();
        assertThat(last.event()).isEqualTo(AuditEvent.EPOCH_CREATED);
        assertThat(last.outcome()).isEqualTo("failed");
        assertThat(last.details()).containsEntry("committed", "unknown");
    }

    /** A fresh token that takes the store keys and then no epoch. */
    private MasterSecretVault failingAfterStoreKeys() {
        return (MasterSecretVault) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MasterSecretVault.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "status" -> rig.vault.status();
                    case "createStoreKeys" -> null;
                    default -> throw new KmsException(KmsErrorCode.DATABASE_UNAVAILABLE, method.getName());
                });
    }

    @Test
    void storeKeysAreRecordedEvenIfTheEpochFailsAfterwards() {
        rig.ceremony.vault = failingAfterStoreKeys();

        epochFails();

        AuditNote note = rig.audit.last();
        assertThat(note.event()).isEqualTo(AuditEvent.TOKEN_PREPARED);
        assertThat(note.outcome()).isEqualTo(AuditNote.OK);
        assertThat(note.actor()).isEqualTo("operator:olga");
        assertThat(note.subject()).isEqualTo("token:kms-test");
    }

    @Test
    void aPinInTheEnvironmentMakesNoProductionEpoch() {
        PinSources pins = new PinSources(Optional.empty(), Optional.of(Optional::empty));
        try (ServerRig exposed = new ServerRig(Map.of(), pins)) {
            assertThatExceptionOfType(KmsException.class)
                    .isThrownBy(() -> exposed.ceremony.createEpoch(
                            ServerRig.OFFICER, exposed.order(EpochPurpose.PRODUCTION, "p")))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.CONFLICT));
        }
    }
}
