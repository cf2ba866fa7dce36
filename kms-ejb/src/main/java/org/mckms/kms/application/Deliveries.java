package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.delivery.DeliveryCounts;
import org.mckms.platform.delivery.DeliveryDesk;
import org.mckms.platform.delivery.DeliveryView;
import org.mckms.platform.delivery.OutboxState;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Deliveries that have not arrived: seen by any role, retried and dropped by officers and operators. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(OperatorRefusals.class)
public class Deliveries {

    @Inject
    DeliveryDesk desk;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    @Inject
    Clock clock;

    /** A page in the order in which they were put. */
    public List<DeliveryView> list(OperatorIdentity caller, Optional<OutboxState> state, long after, int limit) {
        caller.mustBeOneOf(OperatorRole.values());
        return transactions.inNew(() -> desk.page(state, after, limit));
    }

    public DeliveryCounts counts(OperatorIdentity caller) {
        caller.mustBeOneOf(OperatorRole.values());
        return transactions.inNew(desk::counts);
    }

    /**
     * Has one tried again at once, with as many attempts as a new one.
     *
     * @throws KmsException {@code NOT_FOUND} if there is none, or it has arrived; {@code CONFLICT} if it is under way
     */
    public DeliveryView retry(OperatorIdentity caller, UUID id, String reason) {
        caller.mustBeOneOf(OperatorRole.OFFICER, OperatorRole.OPERATOR);
        return recorded.inNew(trail -> {
            DeliveryView found = atRest(id);
            desk.retry(id, clock.instant());
            trail.accept(note(AuditEvent.DELIVERY_RETRIED, caller, found, reason));
            return desk.lock(id).orElseThrow();
        });
    }

    /**
     * Forgets one for good.
     *
     * @throws KmsException as {@link #retry}
     */
    public void drop(OperatorIdentity caller, UUID id, String reason) {
        caller.mustBeOneOf(OperatorRole.OFFICER, OperatorRole.OPERATOR);
        recorded.inNew(trail -> {
            DeliveryView found = atRest(id);
            desk.drop(id);
            trail.accept(note(AuditEvent.DELIVERY_DROPPED, caller, found, reason));
            return found;
        });
    }

    private DeliveryView atRest(UUID id) {
        DeliveryView found =
                desk.lock(id).orElseThrow(() -> new KmsException(KmsErrorCode.NOT_FOUND, "no delivery " + id));
        if (found.state() == OutboxState.CLAIMED) {
            throw new KmsException(KmsErrorCode.CONFLICT, "delivery " + id + " is under way");
        }
        return found;
    }

    private static AuditNote note(AuditEvent event, OperatorIdentity caller, DeliveryView delivery, String reason) {
        return Notes.operator(event, caller, delivery.destination())
                .with("delivery", delivery.id().toString())
                .with("topic", delivery.topic())
                .with("reference", delivery.reference())
                .with("state", delivery.state().name())
                .with("attempts", Integer.toString(delivery.attempts()))
                .with("reason", reason);
    }
}
