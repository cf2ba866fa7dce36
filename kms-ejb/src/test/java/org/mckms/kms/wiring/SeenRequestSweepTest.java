package org.mckms.kms.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.SeenRequests;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.platform.persistence.Transactions;

class SeenRequestSweepTest {

    private final ManualTime time = new ManualTime();
    private final List<Instant> forgotten = new ArrayList<>();
    private boolean ready = true;

    private final SeenRequests seen = new SeenRequests() {
        @Override
        public void admit(Octets fingerprint, Instant seenUntil) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int forgetBefore(Instant now) {
            forgotten.add(now);
            return 0;
        }
    };

    private final Transactions transactions = new Transactions() {
        @Override
        public <T> T inNew(Supplier<T> work) {
            return work.get();
        }

        @Override
        public void flush() {
            // nothing is kept back
        }
    };

    @Test
    void forgetsWhatEndedBeforeThePresent() {
        new SeenRequestSweep(seen, transactions, () -> ready, time).run();

        assertThat(forgotten).containsExactly(time.instant());
    }

    @Test
    void leavesADatabaseAloneThatDoesNotAnswer() {
        ready = false;

        new SeenRequestSweep(seen, transactions, () -> ready, time).run();

        assertThat(forgotten).isEmpty();
    }
}
