package org.mckms.gms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Consumer;
import org.mckms.gms.domain.JobState;
import org.mckms.gms.domain.RekeyJob;
import org.mckms.gms.domain.RekeyJobRegister;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Holds jobs up, lets them go on, and ends them; who may is for the use cases to check. */
@ApplicationScoped
class JobControl {

    @Inject
    RekeyJobRegister jobs;

    @Inject
    JobViews views;

    @Inject
    RecordedTransactions recorded;

    @Inject
    Clock clock;

    /** Parts under way are brought to their end; then nothing more is made. */
    RekeyJobView pause(String actor, UUID id, Consumer<RekeyJob> right) {
        return change(actor, id, right, JobState.PAUSED, AuditEvent.REKEY_JOB_PAUSED);
    }

    RekeyJobView resume(String actor, UUID id, Consumer<RekeyJob> right) {
        return change(actor, id, right, JobState.RUNNING, AuditEvent.REKEY_JOB_RESUMED);
    }

    /** What was made stays; members whose messages were not made get them when they ask. */
    RekeyJobView cancel(String actor, UUID id, Consumer<RekeyJob> right) {
        return change(actor, id, right, JobState.CANCELLED, AuditEvent.REKEY_JOB_CANCELLED);
    }

    private RekeyJobView change(String actor, UUID id, Consumer<RekeyJob> right, JobState wanted, AuditEvent event) {
        recorded.inNew(trail -> {
            RekeyJob job = jobs.lock(id);
            right.accept(job);
            if (job.hasEnded()) {
                throw new KmsException(KmsErrorCode.CONFLICT, "the job has ended: it is " + job.state());
            }
            if (job.state() != wanted) {
                jobs.change(wanted == JobState.CANCELLED ? job.ended(wanted, now()) : job.in(wanted));
                trail.accept(GroupNotes.jobChanged(event, actor, job, jobs.progress(job)));
            }
            return id;
        });
        return views.of(id);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
