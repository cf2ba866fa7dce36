package org.mckms.kms.wiring;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.mckms.kms.domain.token.RevokedTokens;
import org.mckms.kms.domain.token.TokenRevocation;
import org.mckms.kms.domain.token.TokenRevocationRepository;
import org.mckms.platform.persistence.Transactions;

/**
 * Learns which access tokens other nodes have revoked: once all that the audit trail and the table hold, then what is new;
 * and forgets what is over. For one background thread.
 */
final class TokenRevocationWatch implements Runnable {

    /** How late a row may appear after the time it bears: the clocks of two nodes, and a slow commit. */
    static final Duration OVERLAP = Duration.ofMinutes(5);

    static final Duration SWEEP = Duration.ofHours(1);

    private final Consumer<Consumer<TokenRevocation>> trail;
    private final TokenRevocationRepository rows;
    private final RevokedTokens known;
    private final Transactions transactions;
    private final BooleanSupplier databaseReady;
    private final Clock clock;
    private boolean trailRead;
    private Instant since = Instant.EPOCH;
    private Instant nextSweep = Instant.EPOCH;

    /** @param trail hands over all revocations of the audit trail */
    TokenRevocationWatch(
            Consumer<Consumer<TokenRevocation>> trail,
            TokenRevocationRepository rows,
            RevokedTokens known,
            Transactions transactions,
            BooleanSupplier databaseReady,
            Clock clock) {
        this.trail = requireNonNull(trail, "trail");
        this.rows = requireNonNull(rows, "rows");
        this.known = requireNonNull(known, "known");
        this.transactions = requireNonNull(transactions, "transactions");
        this.databaseReady = requireNonNull(databaseReady, "databaseReady");
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    public void run() {
        if (!databaseReady.getAsBoolean()) {
            return;
        }
        if (!trailRead) {
            trail.accept(known::learn);
            trailRead = true;
        }
        Instant now = clock.instant();
        List<TokenRevocation> found = transactions.inNew(() -> rows.since(since));
        known.looked(found, now);
        since = now.minus(OVERLAP);
        if (!now.isBefore(nextSweep)) {
            transactions.inNew(() -> rows.forgetBefore(now.minus(TokenRevocation.MEMORY)));
            nextSweep = now.plus(SWEEP);
        }
    }
}
