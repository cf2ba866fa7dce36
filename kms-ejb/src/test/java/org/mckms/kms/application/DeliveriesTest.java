package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.delivery.DeliveryCounts;
import org.mckms.platform.delivery.DeliveryResult;
import org.mckms.platform.delivery.DeliveryRig;
import org.mckms.platform.delivery.DeliveryView;
import org.mckms.platform.delivery.OutboxState;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class DeliveriesTest {

    private static final OperatorIdentity OPERATOR =
            new OperatorIdentity("olga", Set.of(OperatorRole.OPERATOR), "0".repeat(64));
    private static final OperatorIdentity AUDITOR =
            new OperatorIdentity("anna", Set.of(OperatorRole.AUDITOR), "1".repeat(64));

    private final DeliveryRig rig = new DeliveryRig();
    private final Deliveries deliveries = new Deliveries();

    @BeforeEach
    void aDeadAndAWaitingDelivery() {
        deliveries.desk = rig.node.module.desk();
        deliveries.transactions = rig.transactions;
        deliveries.recorded = new RecordedTransactions(rig.transactions, rig.audit);
        deliveries.clock = rig.time;
        rig.receiver = entry -> DeliveryResult.dead("gone");
        rig.put("sip:alice@example.org", "a1");
        rig.node.workOff();
        rig.put("sip:bob@example.org", "b1");
        rig.receiver = entry -> DeliveryResult.delivered();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private DeliveryView dead() {
        return deliveries.list(AUDITOR, Optional.of(OutboxState.DEAD), 0, 10).get(0);
    }

    private static void refused(KmsErrorCode code, ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void showsThemToEveryRole() {
        assertThat(deliveries.list(AUDITOR, Optional.empty(), 0, 10))
                .extracting(DeliveryView::reference)
                .containsExactly("a1", "b1");
        assertThat(deliveries.counts(AUDITOR)).isEqualTo(new DeliveryCounts(1, 0, 1, Optional.of(rig.time.instant())));
        assertThat(deliveries.counts(AUDITOR).sentence()).endsWith("; 1 given up, see kmsctl deliveries");
    }

    @Test
    void retriesAtOnceWithAllAttempts() {
        DeliveryView again = deliveries.retry(OPERATOR, dead().id(), "the partner is back");

        assertThat(again.state()).isEqualTo(OutboxState.WAITING);
        assertThat(again.attempts()).isZero();
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.DELIVERY_RETRIED);
        assertThat(rig.audit.last().actor()).isEqualTo("operator:olga");
        assertThat(rig.audit.last().subject()).isEqualTo("sip:alice@example.org");
        assertThat(rig.audit.last().details())
                .containsEntry("reason", "the partner is back")
                .containsEntry("state", "DEAD");
        rig.node.workOff();
        assertThat(deliveries.list(AUDITOR, Optional.empty(), 0, 10)).isEmpty();
    }

    @Test
    void dropsForGood() {
        deliveries.drop(OPERATOR, dead().id(), "receiver left");

        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.DELIVERY_DROPPED);
        assertThat(deliveries.counts(AUDITOR).dead()).isZero();
    }

    @Test
    void auditorsOnlyLook() {
        UUID id = dead().id();
        refused(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> deliveries.retry(AUDITOR, id, "x"));
        refused(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> deliveries.drop(AUDITOR, id, "x"));
        assertThat(dead().id()).isEqualTo(id);
    }

    @Test
    void refusesWhatIsNotThereOrUnderWay() {
        refused(KmsErrorCode.NOT_FOUND, () -> deliveries.retry(OPERATOR, UUID.randomUUID(), "x"));
        refused(KmsErrorCode.NOT_FOUND, () -> deliveries.drop(OPERATOR, UUID.randomUUID(), "x"));
        rig.node.module.pump().run();
        UUID claimed = deliveries
                .list(AUDITOR, Optional.of(OutboxState.CLAIMED), 0, 10)
                .get(0)
                .id();
        refused(KmsErrorCode.CONFLICT, () -> deliveries.retry(OPERATOR, claimed, "x"));
        refused(KmsErrorCode.CONFLICT, () -> deliveries.drop(OPERATOR, claimed, "x"));
    }
}
