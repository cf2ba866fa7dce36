package org.mckms.gms.application;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.GroupKeyRegister;
import org.mckms.gms.domain.GroupRegister;
import org.mckms.gms.domain.JobKind;
import org.mckms.gms.domain.KeyGenerations;
import org.mckms.gms.domain.KeyGenerations.Generation;
import org.mckms.gms.domain.MemberRegister;
import org.mckms.gms.domain.MessageMaking;
import org.mckms.gms.domain.RekeyJob;
import org.mckms.gms.domain.RekeyJobRegister;
import org.mckms.gms.domain.WaitingDomains;
import org.mckms.gms.domain.WaitingDomains.Waiting;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.platform.KmsLog;
import org.mckms.platform.SystemUse;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** What time brings: scheduled generations, certificates that messages waited for, and the end of what is remembered. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class GroupClock {

    /** Keys that were superseded or expired that long ago are erased. Until then a late answer finds them. */
    private static final Duration KEYS_KEPT = Duration.ofDays(7);

    /** Members of a group that was torn down are told so for that long. */
    private static final Duration ENDED_KEPT = Duration.ofDays(30);

    /** Members have a tenth of the time between two generations to fetch the next one, but no more than this. */
    private static final Duration LONGEST_LEAD = Duration.ofHours(1);

    private static final int LEAD_SHARE = 10;
    private static final int MAX_AT_ONCE = 100;

    @Inject
    GroupRegister groups;

    @Inject
    GroupKeyRegister keys;

    @Inject
    MemberRegister members;

    @Inject
    RekeyJobRegister jobs;

    @Inject
    KeyGenerations generations;

    @Inject
    WaitingDomains waiting;

    @Inject
    MessageMaking making;

    @Inject
    FirstPart firstPart;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    @Inject
    Clock clock;

    /** Makes the generations that are due; all members switch to one together. */
    @SystemUse("called by the server's own clock")
    public void rekeyWhatIsDue() {
        Instant now = now();
        for (String uri : transactions.inNew(() -> groups.due(now, MAX_AT_ONCE))) {
            oneOfMany(uri, () -> rekeyIfDue(uri, now));
        }
    }

    private void rekeyIfDue(String uri, Instant now) {
        recorded.inNew(trail -> {
                    Optional<Generation> made = nextIfDue(uri, now);
                    made.ifPresent(generation -> {
                        trail.accept(GroupNotes.keysCreated(AuditNote.SYSTEM, generation, "scheduled"));
                        trail.accept(GroupNotes.jobStarted(AuditNote.SYSTEM, generation.job()));
                    });
                    return made.map(Generation::job);
                })
                .ifPresent(firstPart::make);
    }

    /** A group whose rows were changed past the server does not keep others waiting. */
    private static void oneOfMany(String uri, Runnable act) {
        try {
            act.run();
        } catch (KmsException e) {
            if (e.code() != KmsErrorCode.INTERNAL) {
                throw e;
            }
            KmsLog.LOG.groupMessagesWait(uri + ": " + e.getMessage());
        }
    }

    /** Another node may have been faster. */
    private Optional<Generation> nextIfDue(String uri, Instant now) {
        Group group = groups.lock(uri);
        boolean due = group.nextRekeyAt().filter(time -> !time.isAfter(now)).isPresent();
        return due && group.isActive()
                ? Optional.of(
                        generations.next(group, group.plan().rekeyEvery().map(every -> activation(every, now)), now))
                : Optional.empty();
    }

    private static Instant activation(Duration every, Instant now) {
        Duration share = every.dividedBy(LEAD_SHARE);
        return now.plus(share.compareTo(LONGEST_LEAD) < 0 ? share : LONGEST_LEAD)
                .truncatedTo(ChronoUnit.SECONDS);
    }

    /** Starts jobs for messages that waited for a certificate which is here now. */
    @SystemUse("called by the server's own clock")
    public void retryWhatWaited() {
        for (Waiting one : transactions.inNew(() -> waiting.all(MAX_AT_ONCE))) {
            if (making.canReach(one.kmsUri(), clock.instant())) {
                oneOfMany(one.groupUri(), () -> retryAndTell(one));
            }
        }
    }

    private void retryAndTell(Waiting one) {
        recorded.inNew(trail -> {
                    Optional<RekeyJob> job = retry(one);
                    job.ifPresent(started -> trail.accept(
                            GroupNotes.jobStarted(AuditNote.SYSTEM, started).with("kms", one.kmsUri())));
                    return job;
                })
                .ifPresent(firstPart::make);
    }

    private Optional<RekeyJob> retry(Waiting one) {
        Instant now = now();
        waiting.remove(one);
        Group group = groups.lock(one.groupUri());
        List<KeyIdentifier> ids =
                keys.delivered(group.uri(), now).stream().map(GroupKey::keyId).toList();
        List<Integer> numbers = members.numbersOfKms(group.uri(), one.kmsUri());
        return ids.isEmpty() || numbers.isEmpty()
                ? Optional.empty()
                : Optional.of(jobs.start(JobKind.RETRY, group.uri(), ids, numbers, now));
    }

    /** Erases what is over: keys with their messages, groups, jobs. */
    @SystemUse("called by the server's own clock")
    public void sweep() {
        Instant now = now();
        transactions.runInNew(
                () -> keys.overBefore(now.minus(KEYS_KEPT), MAX_AT_ONCE).forEach(keys::remove));
        transactions.runInNew(
                () -> groups.endedBefore(now.minus(ENDED_KEPT), MAX_AT_ONCE).forEach(groups::remove));
        transactions.runInNew(() -> jobs.removeEndedBefore(now.minus(ENDED_KEPT)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
