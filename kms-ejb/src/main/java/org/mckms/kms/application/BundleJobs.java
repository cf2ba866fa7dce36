package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mckms.kms.domain.BundleFiles;
import org.mckms.kms.domain.BundleItem;
import org.mckms.kms.domain.BundleItemState;
import org.mckms.kms.domain.BundleItems;
import org.mckms.kms.domain.BundleJob;
import org.mckms.kms.domain.BundleJobId;
import org.mckms.kms.domain.BundleJobRegister;
import org.mckms.kms.domain.BundleJobState;
import org.mckms.kms.domain.BundleSpan;
import org.mckms.kms.domain.BundleWindow;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.EpochRegister.EpochCatalogue;
import org.mckms.kms.domain.EpochRules;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.kms.domain.VaultGate;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Pre-provisioning (R-5.13-012): jobs that make one signed bundle per user of a list, see {@link BundleMaking}. Roles:
 * officer, and any to look.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(OperatorRefusals.class)
public class BundleJobs {

    /** Largest page. */
    public static final int MAX_PAGE = 500;

    private static final int LINES_PER_TRANSACTION = 1000;

    @Inject
    BundleJobRegister jobs;

    @Inject
    BundleItems items;

    @Inject
    BundleFiles files;

    @Inject
    BundleWindow window;

    @Inject
    EpochRegister epochs;

    @Inject
    EpochRules epochRules;

    @Inject
    MasterSecretVault vault;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    @Inject
    Clock clock;

    /**
     * Takes a list in and lets the bundles be made in the background, by whichever node has time. A user and device that
     * comes again in the list is one bundle.
     *
     * @param list see {@link BundleList}; read to its end
     * @throws KmsException {@code KEY_PERIOD_UNAVAILABLE}, {@code MALFORMED_REQUEST}, {@code BODY_TOO_LARGE}, {@code
     *     BUNDLE_STORE_UNAVAILABLE}; then there is no job
     */
    public BundleJobView start(OperatorIdentity caller, BundleOrder order, InputStream list) {
        caller.must(OperatorRole.OFFICER);
        OperatorInput.checkReason(order.reason());
        VaultGate.requireActive(vault.status());
        requireFiles();
        BundleJob job = transactions.inNew(() -> announce(caller, order));
        boolean started = false;
        try {
            Loaded loaded = load(job.id(), list);
            recorded.inNew(trail -> {
                BundleJob running = jobs.lock(job.id()).running(loaded.users, loaded.folded);
                jobs.change(running);
                trail.accept(note(AuditEvent.BUNDLE_JOB_STARTED, caller, running)
                        .with("reason", running.reason())
                        .with("total", Integer.toString(running.total()))
                        .with("folded", Integer.toString(running.folded())));
                return running;
            });
            started = true;
            return show(caller, job.id());
        } finally {
            if (!started) {
                transactions.runInNew(() -> discard(job.id()));
            }
        }
    }

    private BundleJob announce(OperatorIdentity caller, BundleOrder order) {
        EpochCatalogue catalogue = epochs.checked();
        epochRules.check(catalogue.epochs());
        Instant now = now();
        Instant from = order.from().orElse(now);
        BundleSpan span = window.select(catalogue, now, from, order.to().orElse(from));
        BundleJob job = BundleJob.loading(new BundleJobId(UUID.randomUUID()), caller, order.reason(), span, now);
        jobs.add(job);
        return job;
    }

    /** What a list has brought so far. */
    private static final class Loaded {
        private final List<BundleList.Entry> waiting = new ArrayList<>();
        private int users;
        private int folded;
    }

    private Loaded load(BundleJobId job, InputStream list) {
        Loaded loaded = new Loaded();
        BundleList.read(list, entry -> {
            loaded.waiting.add(entry);
            if (loaded.waiting.size() == LINES_PER_TRANSACTION) {
                store(job, loaded);
            }
        });
        store(job, loaded);
        return loaded;
    }

    private void store(BundleJobId job, Loaded loaded) {
        transactions.runInNew(() -> {
            for (BundleList.Entry entry : loaded.waiting) {
                if (items.add(job, loaded.users + 1, entry.userUri(), entry.device())) {
                    loaded.users++;
                } else {
                    loaded.folded++;
                }
            }
        });
        loaded.waiting.clear();
    }

    private void discard(BundleJobId job) {
        items.removeAll(job);
        jobs.remove(job);
    }

    /** The newest jobs, newest first; rows are shown even if their MAC is wrong, nothing is made of such a job. */
    public List<BundleJobView> list(OperatorIdentity caller, int limit) {
        caller.mustBeOneOf(OperatorRole.values());
        OperatorInput.checkPage(limit, MAX_PAGE);
        return transactions.inNew(() -> jobs.newestUnchecked(limit).stream()
                .map(job -> new BundleJobView(job, items.progress(job.id())))
                .toList());
    }

    /** @throws KmsException {@code NOT_FOUND} */
    public BundleJobView show(OperatorIdentity caller, BundleJobId id) {
        caller.mustBeOneOf(OperatorRole.values());
        return transactions.inNew(() -> new BundleJobView(jobs.get(id), items.progress(id)));
    }

    /** Items of a job in the order of the list, those after number {@code after}. */
    public List<BundleItem> items(
            OperatorIdentity caller, BundleJobId id, int after, int limit, Optional<BundleItemState> state) {
        caller.mustBeOneOf(OperatorRole.values());
        OperatorInput.checkPage(limit, MAX_PAGE);
        return transactions.inNew(() -> {
            jobs.get(id);
            return items.page(id, after, limit, state);
        });
    }

    /**
     * Ends a job. What was made stays and can be fetched.
     *
     * @throws KmsException {@code NOT_FOUND}, {@code CONFLICT} if it has ended already
     */
    public BundleJobView cancel(OperatorIdentity caller, BundleJobId id) {
        caller.must(OperatorRole.OFFICER);
        recorded.inNew(trail -> {
            BundleJob job = jobs.lock(id);
            if (job.state() != BundleJobState.RUNNING) {
                throw new KmsException(KmsErrorCode.CONFLICT, "the job is not running: it is " + job.state());
            }
            jobs.change(job.ended(BundleJobState.CANCELLED, now()));
            trail.accept(BundleMaking.counted(note(AuditEvent.BUNDLE_JOB_CANCELLED, caller, job), items.progress(id)));
            return id;
        });
        return show(caller, id);
    }

    /**
     * Forgets a job that has ended, and its files.
     *
     * @throws KmsException {@code NOT_FOUND}, {@code JOB_NOT_FINISHED}
     */
    public void remove(OperatorIdentity caller, BundleJobId id) {
        caller.must(OperatorRole.OFFICER);
        requireFiles();
        transactions.runInNew(() -> requireEnded(jobs.lock(id)));
        files.removeAll(id);
        transactions.runInNew(() -> discard(id));
    }

    /**
     * Whether the archive of a job can be written now.
     *
     * @throws KmsException {@code NOT_FOUND}, {@code JOB_NOT_FINISHED}, {@code BUNDLE_STORE_UNAVAILABLE}
     */
    public void checkArchive(OperatorIdentity caller, BundleJobId id) {
        caller.must(OperatorRole.OFFICER);
        requireFiles();
        transactions.runInNew(() -> requireEnded(jobs.get(id)));
    }

    /** Writes all bundles of a job that has ended as a ZIP archive, one after the other; see {@link BundleArchive}. */
    public void archive(OperatorIdentity caller, BundleJobId id, OutputStream out) {
        checkArchive(caller, id);
        new BundleArchive(files, id)
                .write(after -> transactions.inNew(() -> items.page(id, after, MAX_PAGE, Optional.empty())), out);
    }

    /**
     * One bundle.
     *
     * @throws KmsException {@code NOT_FOUND} if there is no such item or its bundle is not made
     */
    public byte[] bundle(OperatorIdentity caller, BundleJobId id, int number) {
        caller.must(OperatorRole.OFFICER);
        requireFiles();
        BundleItem item = transactions
                .inNew(() -> items.find(id, number))
                .filter(found -> found.state() == BundleItemState.DONE)
                .orElseThrow(() -> new KmsException(KmsErrorCode.NOT_FOUND, "the job has no bundle " + number));
        return new BundleArchive(files, id).read(item);
    }

    private static void requireEnded(BundleJob job) {
        if (job.endedAt().isEmpty()) {
            throw new KmsException(
                    KmsErrorCode.JOB_NOT_FINISHED, "the job is not at its end; wait for it or cancel it");
        }
    }

    private void requireFiles() {
        if (!files.available()) {
            throw new KmsException(
                    KmsErrorCode.BUNDLE_STORE_UNAVAILABLE, "this node keeps no bundles; set kms.bundles.dir");
        }
    }

    private static AuditNote note(AuditEvent event, OperatorIdentity caller, BundleJob job) {
        return BundleMaking.spanned(Notes.operator(event, caller, "job:" + job.id()), job);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
