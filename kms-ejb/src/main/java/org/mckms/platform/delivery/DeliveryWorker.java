package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.mckms.platform.KmsLog;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsException;

/** Makes one attempt of a claimed delivery and notes how it ended. Outside of transactions; used by several threads. */
public final class DeliveryWorker {

    /** How long one attempt may take; twice as long as a handler has. */
    static final Duration UNDER_WAY = Duration.ofMinutes(2);

    private static final int MAX_REASON = 500;

    private final OutboxClaims claims;
    private final Transactions transactions;
    private final Map<String, DeliveryHandler> handlers;
    private final DeliveriesUnderWay underWay;
    private final BackOff backOff;
    private final int mostAttempts;
    private final AuditTrail audit;
    private final Clock clock;

    DeliveryWorker(
            OutboxClaims claims,
            Transactions transactions,
            Map<String, DeliveryHandler> handlers,
            DeliveriesUnderWay underWay,
            BackOff backOff,
            int mostAttempts,
            AuditTrail audit,
            Clock clock) {
        this.claims = requireNonNull(claims, "claims");
        this.transactions = requireNonNull(transactions, "transactions");
        this.handlers = Map.copyOf(handlers);
        this.underWay = requireNonNull(underWay, "underWay");
        this.backOff = requireNonNull(backOff, "backOff");
        this.mostAttempts = mostAttempts;
        this.audit = requireNonNull(audit, "audit");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Delivers what a text of the queue names, unless it was claimed anew meanwhile.
     *
     * @throws KmsException {@code DATABASE_UNAVAILABLE} if the beginning or the end cannot be noted; the lease ends then
     */
    public void work(String text) {
        Claim claim = Claim.parse(text);
        try {
            Optional<OutboxEntry> begun =
                    transactions.inNew(() -> claims.begin(claim, clock.instant().plus(UNDER_WAY)));
            begun.ifPresent(entry -> end(claim, entry, attempt(entry)));
        } finally {
            underWay.end(claim);
        }
    }

    private DeliveryResult attempt(OutboxEntry entry) {
        DeliveryHandler handler = handlers.get(entry.topic());
        if (handler == null) {
            return DeliveryResult.retry("this node has no handler of its topic");
        }
        try {
            return handler.deliver(entry);
        } catch (KmsException e) {
            return DeliveryResult.retry(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            KmsLog.LOG.deliveryFailed(entry.topic(), e);
            return DeliveryResult.retry("unexpected failure: " + e.getClass().getSimpleName());
        }
    }

    private void end(Claim claim, OutboxEntry entry, DeliveryResult result) {
        if (result instanceof DeliveryResult.Delivered) {
            transactions.inNew(() -> claims.delivered(claim));
        } else if (result instanceof DeliveryResult.Dead dead) {
            abandon(claim, entry, dead.reason());
        } else if (result instanceof DeliveryResult.Retry retry) {
            again(claim, entry, retry.reason());
        }
    }

    private void again(Claim claim, OutboxEntry entry, String reason) {
        if (entry.attempts() >= mostAttempts) {
            abandon(claim, entry, reason);
            return;
        }
        Instant due = clock.instant().plus(backOff.after(entry.attempts()));
        transactions.inNew(() -> claims.retry(claim, due, shortened(reason)));
    }

    private void abandon(Claim claim, OutboxEntry entry, String reason) {
        String said = shortened(reason);
        boolean mine = transactions.inNew(() -> claims.dead(claim, clock.instant(), said));
        if (!mine) {
            return;
        }
        KmsLog.LOG.deliveryAbandoned(entry.id().toString(), entry.topic(), said);
        try {
            audit.record(
                    AuditNote.of(AuditEvent.DELIVERY_ABANDONED, AuditNote.OK, AuditNote.SYSTEM, entry.destination())
                            .with("delivery", entry.id().toString())
                            .with("topic", entry.topic())
                            .with("reference", entry.reference())
                            .with("attempts", Integer.toString(entry.attempts()))
                            .with("reason", said));
        } catch (KmsException e) {
            KmsLog.LOG.eventNotAudited(AuditEvent.DELIVERY_ABANDONED.name(), e);
        }
    }

    private static String shortened(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON);
    }
}
