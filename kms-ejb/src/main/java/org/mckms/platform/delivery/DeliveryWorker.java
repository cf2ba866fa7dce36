package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.mckms.platform.KmsLog;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsException;

/**
 * Makes one attempt of a claimed delivery, and of those that go with it, and notes how each ended. Outside of transactions; used by
 * several threads.
 */
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
     * Delivers what a text of the queue names, unless it was claimed anew meanwhile, and what goes with it.
     *
     * @throws KmsException {@code DATABASE_UNAVAILABLE} if the beginning or the end cannot be noted; the lease ends then
     */
    public void work(String text) {
        Claim claim = Claim.parse(text);
        try {
            List<OutboxEntry> begun = transactions.inNew(() -> {
                Instant now = clock.instant();
                return claims.begin(claim, now, now.plus(UNDER_WAY), this::most);
            });
            if (!begun.isEmpty()) {
                end(claim.lease(), begun, attempt(begun));
            }
        } finally {
            underWay.end(claim);
        }
    }

    private int most(String topic) {
        return handlers.containsKey(topic) ? handlers.get(topic).most() : 1;
    }

    private List<DeliveryResult> attempt(List<OutboxEntry> entries) {
        String topic = entries.get(0).topic();
        DeliveryHandler handler = handlers.get(topic);
        if (handler == null) {
            return retryAll(entries, "this node has no handler of its topic");
        }
        try {
            if (entries.size() == 1) {
                return List.of(handler.deliver(entries.get(0)));
            }
            List<DeliveryResult> results = List.copyOf(handler.deliverAll(entries));
            if (results.size() != entries.size()) {
                throw new IllegalStateException(results.size() + " results of " + entries.size() + " deliveries");
            }
            return results;
        } catch (KmsException e) {
            return retryAll(entries, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            KmsLog.LOG.deliveryFailed(topic, e);
            return retryAll(entries, "unexpected failure: " + e.getClass().getSimpleName());
        }
    }

    private static List<DeliveryResult> retryAll(List<OutboxEntry> entries, String reason) {
        return Collections.nCopies(entries.size(), DeliveryResult.retry(reason));
    }

    /**
     * What failed together is tried again together, after the pause of what has failed most often; what was set aside by itself,
     * after its own.
     */
    private void end(UUID lease, List<OutboxEntry> entries, List<DeliveryResult> results) {
        Instant now = clock.instant();
        Instant again = now.plus(backOff.after(
                entries.stream().mapToInt(OutboxEntry::attempts).max().orElseThrow()));
        List<UUID> delivered = new ArrayList<>();
        List<OutboxClaims.Failure> retried = new ArrayList<>();
        List<OutboxClaims.Failure> aside = new ArrayList<>();
        List<OutboxClaims.Failure> dead = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            OutboxEntry entry = entries.get(i);
            DeliveryResult result = results.get(i);
            boolean last = entry.attempts() >= mostAttempts;
            if (result instanceof DeliveryResult.Delivered) {
                delivered.add(entry.id());
            } else if (result instanceof DeliveryResult.Retry && !last) {
                retried.add(failure(entry, again, result));
            } else if (result instanceof DeliveryResult.Aside && !last) {
                aside.add(failure(entry, now.plus(backOff.after(entry.attempts())), result));
            } else {
                dead.add(failure(entry, now, result));
            }
        }
        List<UUID> abandoned = transactions.inNew(() -> {
            claims.delivered(lease, delivered);
            claims.retry(lease, retried);
            claims.aside(lease, aside);
            return claims.dead(lease, dead);
        });
        dead.removeIf(failure -> !abandoned.contains(failure.id()));
        if (!dead.isEmpty()) {
            tell(entries, dead);
        }
    }

    private static OutboxClaims.Failure failure(OutboxEntry entry, Instant due, DeliveryResult failed) {
        return new OutboxClaims.Failure(entry.id(), due, shortened(reason(failed)));
    }

    private static String reason(DeliveryResult failed) {
        if (failed instanceof DeliveryResult.Retry retry) {
            return retry.reason();
        }
        return failed instanceof DeliveryResult.Aside aside ? aside.reason() : ((DeliveryResult.Dead) failed).reason();
    }

    private void tell(List<OutboxEntry> entries, List<OutboxClaims.Failure> dead) {
        List<AuditNote> notes = new ArrayList<>();
        for (OutboxClaims.Failure failure : dead) {
            OutboxEntry entry = entries.stream()
                    .filter(one -> one.id().equals(failure.id()))
                    .findFirst()
                    .orElseThrow();
            KmsLog.LOG.deliveryAbandoned(entry.id().toString(), entry.topic(), failure.reason());
            notes.add(AuditNote.of(AuditEvent.DELIVERY_ABANDONED, AuditNote.OK, AuditNote.SYSTEM, entry.destination())
                    .with("delivery", entry.id().toString())
                    .with("topic", entry.topic())
                    .with("reference", entry.reference())
                    .with("attempts", Integer.toString(entry.attempts()))
                    .with("reason", failure.reason()));
        }
        try {
            audit.recordAll(notes);
        } catch (KmsException e) {
            KmsLog.LOG.eventNotAudited(AuditEvent.DELIVERY_ABANDONED.name(), e);
        }
    }

    private static String shortened(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON);
    }
}
