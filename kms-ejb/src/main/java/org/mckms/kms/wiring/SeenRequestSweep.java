package org.mckms.kms.wiring;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.function.BooleanSupplier;
import org.mckms.kms.domain.SeenRequests;
import org.mckms.platform.persistence.Transactions;

/** Forgets signed requests that are too old to be let in again anyway. */
final class SeenRequestSweep implements Runnable {

    private final SeenRequests seen;
    private final Transactions transactions;
    private final BooleanSupplier databaseReady;
    private final Clock clock;

    SeenRequestSweep(SeenRequests seen, Transactions transactions, BooleanSupplier databaseReady, Clock clock) {
        this.seen = requireNonNull(seen, "seen");
        this.transactions = requireNonNull(transactions, "transactions");
        this.databaseReady = requireNonNull(databaseReady, "databaseReady");
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    public void run() {
        if (databaseReady.getAsBoolean()) {
            transactions.inNew(() -> seen.forgetBefore(clock.instant()));
        }
    }
}
