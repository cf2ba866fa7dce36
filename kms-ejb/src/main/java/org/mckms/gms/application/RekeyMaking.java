package org.mckms.gms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.GroupKeyRegister;
import org.mckms.gms.domain.GroupMessages;
import org.mckms.gms.domain.GroupMessages.Outcome;
import org.mckms.gms.domain.GroupRegister;
import org.mckms.gms.domain.JobKind;
import org.mckms.gms.domain.JobParts;
import org.mckms.gms.domain.JobProgress;
import org.mckms.gms.domain.JobState;
import org.mckms.gms.domain.Member;
import org.mckms.gms.domain.MemberRegister;
import org.mckms.gms.domain.MessageRepository;
import org.mckms.gms.domain.MessageScope;
import org.mckms.gms.domain.RekeyJob;
import org.mckms.gms.domain.RekeyJobRegister;
import org.mckms.gms.domain.WaitingDomains;
import org.mckms.gms.domain.WaitingDomains.Waiting;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsException;

/**
 * Makes the messages of one part of a job: members are claimed, their messages made and stored, and those to be notified put
 * into the outbox in one transaction. If it does not commit, nothing of it is there, and the part is anybody's again.
 */
@ApplicationScoped
class RekeyMaking {

    @Inject
    GroupRegister groups;

    @Inject
    GroupKeyRegister keys;

    @Inject
    MemberRegister members;

    @Inject
    RekeyJobRegister jobs;

    @Inject
    GroupMessages messages;

    @Inject
    MessageRepository stored;

    @Inject
    WaitingDomains waiting;

    @Inject
    GroupNotifications notifications;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    @Inject
    Clock clock;

    /**
     * Deals with the first open part behind member {@code after} that nobody else is dealing with.
     *
     * @return the last member of the part; empty if there is none
     * @throws KmsException what keeps the part from being made now
     */
    OptionalInt part(UUID id, int after) {
        return transactions.inNew(() -> {
            RekeyJob job = jobs.get(id);
            Optional<JobParts.Part> part = job.state() == JobState.RUNNING ? jobs.claim(job, after) : Optional.empty();
            part.ifPresent(claimed -> make(job, claimed));
            return part.isPresent() ? OptionalInt.of(part.get().last()) : OptionalInt.empty();
        });
    }

    /** The last member of the first open part behind member {@code after}, which is not dealt with. Inside a transaction. */
    OptionalInt behind(UUID id, int after) {
        Optional<JobParts.Part> part = jobs.claim(jobs.get(id), after);
        return part.isPresent() ? OptionalInt.of(part.get().last()) : OptionalInt.empty();
    }

    private void make(RekeyJob job, JobParts.Part part) {
        Instant now = now();
        Group group = groups.get(job.groupUri());
        List<KeyIdentifier> inUse = inUse(job, now);
        int late = 0;
        if (!inUse.isEmpty()) {
            List<Member> range = members.range(group.uri(), part.first(), part.last());
            Outcome made = messages.make(group, inUse, range, scope(job.kind()), now);
            notifications.order(group, made.ready());
            late = made.waiting().size();
        }
        jobs.done(job, part, late, now);
    }

    /** Newer keys make a job pointless; a key that was revoked meanwhile is for the job that tells so. */
    private List<KeyIdentifier> inUse(RekeyJob job, Instant now) {
        return job.keys().stream()
                .filter(id -> keys.find(id)
                        .filter(key -> key.isDeliveredAt(now) && isFor(job.kind(), key))
                        .isPresent())
                .toList();
    }

    private static boolean isFor(JobKind kind, GroupKey key) {
        return switch (kind) {
            case REKEY, JOIN -> !key.isRevoked();
            case REVOKE, RETRY -> true;
        };
    }

    private static MessageScope scope(JobKind kind) {
        return switch (kind) {
            case REKEY, JOIN -> MessageScope.MISSING;
            case REVOKE -> MessageScope.ALL;
            case RETRY -> MessageScope.WAITING;
        };
    }

    /**
     * Ends a job of which every part is done, by this node or others.
     *
     * @return whether this call has ended it
     */
    boolean finish(UUID id) {
        return recorded.inNew(trail -> finish(jobs.lock(id), trail));
    }

    private boolean finish(RekeyJob job, Consumer<AuditNote> trail) {
        JobProgress progress = jobs.progress(job);
        if (job.state() != JobState.RUNNING || progress.done() < job.total()) {
            return false;
        }
        List<KeyIdentifier> inUse = inUse(job, now());
        inUse.stream()
                .flatMap(key -> stored.waitingFor(key).stream())
                .distinct()
                .forEach(kms -> waiting.add(new Waiting(kms, job.groupUri())));
        boolean pointless = inUse.isEmpty();
        jobs.change(job.ended(pointless ? JobState.CANCELLED : JobState.FINISHED, now()));
        AuditEvent event = pointless ? AuditEvent.REKEY_JOB_CANCELLED : AuditEvent.REKEY_JOB_FINISHED;
        trail.accept(GroupNotes.jobChanged(event, AuditNote.SYSTEM, job, progress));
        return true;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
