package org.mckms.kms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.kms.application.KeySetIssue.Wanted;
import org.mckms.kms.domain.BundleFiles;
import org.mckms.kms.domain.BundleItem;
import org.mckms.kms.domain.BundleItems;
import org.mckms.kms.domain.BundleJob;
import org.mckms.kms.domain.BundleJobId;
import org.mckms.kms.domain.BundleJobRegister;
import org.mckms.kms.domain.BundleJobState;
import org.mckms.kms.domain.BundleProgress;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochPeriod;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.EpochRules;
import org.mckms.kms.domain.EpochState;
import org.mckms.kms.domain.TokenServices;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.cms.BundleSigner;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsKeySet;

/**
 * Makes the bundles of a job, some users at a time: their items are claimed, their key sets extracted together, the files
 * written, then all of it is recorded and committed in one transaction. If the node dies before, the items are open as before
 * and the files are written again.
 */
@ApplicationScoped
class BundleMaking {

    /** Identities stay locked while a batch is made, so it is kept below some tenths of a second. */
    private static final int KEY_SETS_PER_BATCH = 32;

    private static final int MAX_FAILURE = 500;

    @Inject
    BundleJobRegister jobs;

    @Inject
    BundleItems items;

    @Inject
    BundleFiles files;

    @Inject
    BundleRecipients recipients;

    @Inject
    BundleWriter writer;

    @Inject
    TokenServices tokens;

    @Inject
    KeySetIssue keySetIssue;

    @Inject
    EpochRegister epochs;

    @Inject
    EpochRules epochRules;

    @Inject
    RecordedTransactions recorded;

    @Inject
    Clock clock;

    /**
     * Makes the next bundles of a job, or ends it if none is left.
     *
     * @return whether there was anything to do; if not, other nodes hold what is open
     * @throws KmsException what keeps all bundles from being made now; nothing of the batch is done then
     */
    boolean step(BundleJobId id) {
        int ended = recorded.inNewTogether(trail -> batch(id, KEY_SETS_PER_BATCH, trail));
        return ended > 0 || recorded.inNew(trail -> finish(id, trail));
    }

    /**
     * As {@link #step} for one user only, who is given up if the fault is his: called when a batch failed by a fault of our
     * own, so that one bad item does not stop all others.
     */
    boolean stepAlone(BundleJobId id) {
        try {
            return recorded.inNewTogether(trail -> batch(id, 1, trail)) > 0;
        } catch (KmsException e) {
            if (e.code().httpStatus() != KmsErrorCode.INTERNAL.httpStatus()) {
                throw e;
            }
            return recorded.inNew(trail -> giveUp(id, e));
        }
    }

    private boolean giveUp(BundleJobId id, KmsException why) {
        jobs.get(id);
        List<BundleItem> first = items.claim(id, 1);
        first.forEach(item -> fail(id, item, why, now()));
        return !first.isEmpty();
    }

    /** How many items are done or failed after it. */
    private int batch(BundleJobId id, int keySets, Consumer<AuditNote> trail) {
        BundleJob job = jobs.get(id);
        if (job.state() != BundleJobState.RUNNING) {
            return 0;
        }
        List<BundleItem> claimed = items
                .claim(id, Math.max(1, keySets / job.span().count()))
                .stream()
                .sorted(Comparator.comparing(BundleItem::userUri))
                .toList();
        if (claimed.isEmpty()) {
            return 0;
        }
        Epoch epoch = epoch(job);
        Instant now = now();
        List<BundleRecipient> admitted = new ArrayList<>();
        try {
            claimed.forEach(item -> admit(job, item, epoch, now).ifPresent(admitted::add));
            make(job, epoch, admitted, now, trail);
            return claimed.size();
        } finally {
            BundleRecipients.closeAll(admitted);
        }
    }

    private Epoch epoch(BundleJob job) {
        Epoch epoch = epochs.checked().epochs().stream()
                .filter(each -> each.id().equals(job.span().epoch()))
                .filter(each -> each.state() == EpochState.ACTIVE)
                .findFirst()
                .orElseThrow(() -> new KmsException(
                        KmsErrorCode.NOT_READY, "the epoch of bundle job " + job.id() + " is retired; cancel the job"));
        epochRules.check(List.of(epoch));
        return epoch;
    }

    private Optional<BundleRecipient> admit(BundleJob job, BundleItem item, Epoch epoch, Instant now) {
        try {
            if (item.number() > job.total()) {
                throw new KmsException(KmsErrorCode.INTERNAL, "the item is not one of the list that was ordered");
            }
            return Optional.of(recipients.admit(item, epoch, job.span().first(), now));
        } catch (KmsException e) {
            if (!isOfTheUser(e)) {
                throw e;
            }
            fail(job.id(), item, e, now);
            return Optional.empty();
        }
    }

    /** Whether a refusal is this user's alone; a token or database that is away is everybody's. */
    private static boolean isOfTheUser(KmsException e) {
        return e.code().httpStatus() == KmsErrorCode.FORBIDDEN_IDENTITY.httpStatus()
                || e.code() == KmsErrorCode.MALFORMED_REQUEST
                || e.code() == KmsErrorCode.INTERNAL;
    }

    private void fail(BundleJobId job, BundleItem item, KmsException why, Instant now) {
        String failure = why.code().name() + ": " + why.getMessage();
        items.failed(job, item.number(), failure.substring(0, Math.min(failure.length(), MAX_FAILURE)), now);
    }

    private void make(
            BundleJob job, Epoch epoch, List<BundleRecipient> admitted, Instant now, Consumer<AuditNote> trail) {
        List<Wanted> wanted = admitted.stream()
                .flatMap(recipient -> job.span().periods().stream()
                        .map(period -> new Wanted(recipient.identity(), new EpochPeriod(epoch, period))))
                .toList();
        if (admitted.isEmpty()) {
            return;
        }
        BundleSigner signer = TokenBundleSigner.of(tokens);
        List<KmsKeySet> made = keySetIssue.issue(wanted, now);
        try {
            int count = job.span().count();
            for (int i = 0; i < admitted.size(); i++) {
                BundleRecipient recipient = admitted.get(i);
                byte[] bundle = writer.write(recipient, epoch, made.subList(i * count, (i + 1) * count), signer, now);
                files.write(job.id(), recipient.item().number(), bundle);
                Octets sha256 = Sha256.of(Octets.copyOf(bundle));
                items.done(job.id(), recipient.item().number(), sha256, now);
                trail.accept(note(job, recipient, sha256));
            }
        } finally {
            made.forEach(KmsKeySet::close);
        }
    }

    private static AuditNote note(BundleJob job, BundleRecipient recipient, Octets sha256) {
        AuditNote note = AuditNote.of(
                AuditEvent.BUNDLE_MADE,
                AuditNote.OK,
                "operator:" + job.officer(),
                recipient.identity().uri());
        return spanned(note, job)
                .with("job", job.id().toString())
                .with("item", Integer.toString(recipient.item().number()))
                .with("device", recipient.device())
                .with("transportKey", recipient.keys().active().transportKey().name())
                .with(
                        "identityEncoding",
                        recipient.identity().policy().identityEncoding().name())
                .with("issue", Integer.toString(recipient.identity().issue()))
                .with("sha256", sha256.toHex());
    }

    /** The end of the job, once nothing is open: neither here nor claimed by another node. */
    private boolean finish(BundleJobId id, Consumer<AuditNote> trail) {
        BundleJob job = jobs.lock(id);
        BundleProgress progress = items.progress(id);
        if (job.state() != BundleJobState.RUNNING || progress.open() > 0) {
            return false;
        }
        jobs.change(job.ended(BundleJobState.FINISHED, now()));
        AuditNote note = AuditNote.of(AuditEvent.BUNDLE_JOB_FINISHED, AuditNote.OK, AuditNote.SYSTEM, "job:" + id);
        trail.accept(counted(spanned(note, job), progress));
        return true;
    }

    static AuditNote spanned(AuditNote note, BundleJob job) {
        return note.with("epoch", job.span().epoch().toString())
                .with("firstPeriod", Long.toString(job.span().first().number()))
                .with("lastPeriod", Long.toString(job.span().last().number()));
    }

    static AuditNote counted(AuditNote note, BundleProgress progress) {
        return note.with("done", Integer.toString(progress.done()))
                .with("failed", Integer.toString(progress.failed()))
                .with("open", Integer.toString(progress.open()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
