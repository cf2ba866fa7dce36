package org.mckms.gms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.mckms.gms.domain.Callback;
import org.mckms.gms.domain.CallbackRegister;
import org.mckms.gms.domain.KeyNotices;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.delivery.CallbackAddress;
import org.mckms.platform.delivery.CallbackPolicy;
import org.mckms.platform.delivery.DeliveryOrder;
import org.mckms.platform.delivery.Outbox;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Where members want to be notified: one address for all identities of a caller, each of which may be a member somewhere. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CallbackRegistration {

    @Inject
    CallbackRegister callbacks;

    @Inject
    KeyNotices notices;

    @Inject
    CallbackPolicy policy;

    @Inject
    Outbox outbox;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    @Inject
    Clock clock;

    /**
     * Takes an address in the place of the one before, and orders that what is ready is sent there. To the one before nothing
     * is sent any more.
     *
     * @throws KmsException {@code CALLBACK_REFUSED}
     */
    public void register(GroupCaller caller, String address) {
        CallbackAddress checked = CallbackAddress.of(address);
        policy.require(checked);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        recorded.inNew(trail -> {
            for (String uri : sorted(caller)) {
                callbacks.put(new Callback(uri, address, now));
                orderWhatIsReady(uri, now);
                trail.accept(GroupNotes.of(AuditEvent.CALLBACK_CHANGED, caller.actor(), uri)
                        .with("host", checked.host()));
            }
            return caller;
        });
    }

    /** The address of the first of the caller's identities that has one. */
    public Optional<String> addressOf(GroupCaller caller) {
        return transactions.inNew(() -> sorted(caller).stream()
                .flatMap(uri -> callbacks.find(uri).stream())
                .map(Callback::address)
                .findFirst());
    }

    /** @throws KmsException {@code NOT_FOUND} if none of the caller's identities has one */
    public void remove(GroupCaller caller) {
        recorded.inNew(trail -> {
            int removed = 0;
            for (String uri : sorted(caller)) {
                if (callbacks.remove(uri)) {
                    removed++;
                    trail.accept(GroupNotes.of(AuditEvent.CALLBACK_CHANGED, caller.actor(), uri)
                            .with("host", "none"));
                }
            }
            if (removed == 0) {
                throw new KmsException(KmsErrorCode.NOT_FOUND, "the caller has no address for notifications");
            }
            return caller;
        });
    }

    private void orderWhatIsReady(String uri, Instant now) {
        List<DeliveryOrder> orders = notices.pendingOf(List.of(uri), now).stream()
                .map(notice -> GroupNotifications.to(notice.groupUri(), uri))
                .toList();
        if (!orders.isEmpty()) {
            outbox.putAll(GroupNotifications.TOPIC, orders);
        }
    }

    private static List<String> sorted(GroupCaller caller) {
        return caller.uris().stream().sorted().toList();
    }
}
