package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.mckms.platform.KmsLog;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.error.KmsException;

/**
 * Claims deliveries that are due and hands them to the queue of this node, no more than it may have under way. To be run every second, and
 * whenever something was put or has arrived.
 */
public final class DeliveryPump {

    /** How long a claim may be on its way through the queue, which never has more than there are workers. */
    static final Duration QUEUED = Duration.ofMinutes(1);

    private final OutboxClaims claims;
    private final Transactions transactions;
    private final BooleanSupplier databaseReady;
    private final DeliveryQueue queue;
    private final DeliveriesUnderWay underWay;
    private final DueDeliveries due;
    private final int most;
    private final Clock clock;
    private final ReentrantLock running = new ReentrantLock();
    private final AtomicBoolean asked = new AtomicBoolean();
    private boolean released;

    DeliveryPump(
            OutboxClaims claims,
            Transactions transactions,
            BooleanSupplier databaseReady,
            DeliveryQueue queue,
            DeliveriesUnderWay underWay,
            DueDeliveries due,
            int workers,
            Clock clock) {
        this.claims = requireNonNull(claims, "claims");
        this.transactions = requireNonNull(transactions, "transactions");
        this.databaseReady = requireNonNull(databaseReady, "databaseReady");
        this.queue = requireNonNull(queue, "queue");
        this.underWay = requireNonNull(underWay, "underWay");
        this.due = requireNonNull(due, "due");
        this.most = workers;
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * One run; if another one is under way, that one begins again when it is done. The first one takes back what this node had
     * claimed before it started.
     */
    public void run() {
        asked.set(true);
        while (asked.get() && databaseReady.getAsBoolean() && running.tryLock()) {
            try {
                asked.set(false);
                once();
            } finally {
                running.unlock();
            }
        }
    }

    private void once() {
        try {
            if (!released) {
                transactions.runInNew(claims::releaseAll);
                released = true;
            }
            handOut();
        } catch (KmsException e) {
            KmsLog.LOG.deliveriesWait(String.valueOf(e.getMessage()));
        }
    }

    private void handOut() {
        Instant now = clock.instant();
        int free = most - underWay.count(now);
        if (free <= 0) {
            return;
        }
        List<Claim> claimed = transactions.inNew(() -> claims.claim(due, now, QUEUED, free));
        for (int i = 0; i < claimed.size(); i++) {
            underWay.add(claimed.get(i), now.plus(QUEUED));
            try {
                queue.send(claimed.get(i).toText());
            } catch (RuntimeException e) {
                KmsLog.LOG.deliveryQueueFailed(String.valueOf(e.getMessage()));
                giveBack(claimed.subList(i, claimed.size()), now);
                return;
            }
        }
    }

    private void giveBack(List<Claim> unsent, Instant now) {
        unsent.forEach(underWay::end);
        transactions.runInNew(() -> unsent.forEach(claim -> claims.retry(claim.lease(), List.of(untaken(claim, now)))));
    }

    private static OutboxClaims.Failure untaken(Claim claim, Instant now) {
        return new OutboxClaims.Failure(claim.id(), now, "the queue of this server did not take it");
    }
}
