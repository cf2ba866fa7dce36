package org.mckms.gms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.mckms.gms.domain.JobProgress;
import org.mckms.gms.domain.RekeyJob;
import org.mckms.gms.domain.RekeyJobRegister;
import org.mckms.platform.persistence.Transactions;

/** Shows jobs with how far they are. */
@ApplicationScoped
class JobViews {

    @Inject
    RekeyJobRegister jobs;

    @Inject
    Transactions transactions;

    @Inject
    Clock clock;

    RekeyJobView of(UUID id) {
        return transactions.inNew(() -> of(jobs.get(id)));
    }

    /** Inside a transaction. */
    RekeyJobView of(RekeyJob job) {
        Instant now = clock.instant();
        JobProgress progress = jobs.progress(job);
        return new RekeyJobView(job, progress, progress.rate(job, now), progress.timeLeft(job, now));
    }
}
