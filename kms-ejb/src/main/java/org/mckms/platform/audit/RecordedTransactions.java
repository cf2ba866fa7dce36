package org.mckms.platform.audit;

import static java.util.Objects.requireNonNull;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mckms.platform.KmsLog;
import org.mckms.platform.persistence.ConcurrentChangeException;
import org.mckms.platform.persistence.Transactions;
import org.mckms.platform.persistence.Unwritten;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Transactions whose records in the audit trail hold. A record is written after the database has taken everything that
 * came before it, so that broken constraints leave no record, but for what is written last ({@link
 * org.mckms.platform.persistence.BeforeCommit}); if the transaction fails afterwards, the same record follows with outcome {@code
 * failed}.
 */
@ApplicationScoped
public class RecordedTransactions {

    /** Outcome of a change that was recorded and then not committed. */
    private static final String FAILED = "failed";

    private final Transactions transactions;
    private final AuditTrail audit;

    @Inject
    public RecordedTransactions(Transactions transactions, AuditTrail audit) {
        this.transactions = requireNonNull(transactions, "transactions");
        this.audit = requireNonNull(audit, "audit");
    }

    /** For the proxies of the container. */
    protected RecordedTransactions() {
        this.transactions = null;
        this.audit = null;
    }

    /**
     * Runs work in a transaction of its own.
     *
     * @param work is given what writes its records
     * @throws KmsException as {@link Transactions#inNew}, and {@code AUDIT_UNAVAILABLE}
     */
    public <T> T inNew(Function<Consumer<AuditNote>, T> work) {
        return inNewUnwritten(work).written();
    }

    /**
     * As {@link #inNew}, but does not wait until the database has written the commit; see {@link Transactions#inNewUnwritten}.
     *
     * @param work is given what writes its records
     */
    public <T> Unwritten<T> inNewUnwritten(Function<Consumer<AuditNote>, T> work) {
        List<AuditNote> taken = new ArrayList<>();
        Unwritten<T> unwritten = orTakenBack(
                taken,
                () -> transactions.inNewUnwritten(() -> work.apply(note -> {
                    transactions.flush();
                    taken.add(note);
                    audit.record(note);
                })));
        return new Unwritten<>(unwritten.result(), () -> orTakenBack(taken, unwritten::written));
    }

    private <T> T orTakenBack(List<AuditNote> taken, Supplier<T> work) {
        try {
            return work.get();
        } catch (KmsException e) {
            taken.forEach(note -> takeBack(note, e));
            throw e;
        }
    }

    /**
     * As {@link #inNew} for work that has many records: they are written together, after the work and before the commit.
     *
     * @param work is given what takes its records
     */
    public <T> T inNewTogether(Function<Consumer<AuditNote>, T> work) {
        List<AuditNote> taken = new ArrayList<>();
        AtomicBoolean writing = new AtomicBoolean();
        try {
            return transactions.inNew(() -> {
                T result = work.apply(taken::add);
                transactions.flush();
                writing.set(true);
                audit.recordAll(taken);
                return result;
            });
        } catch (KmsException e) {
            if (writing.get()) {
                taken.forEach(note -> takeBack(note, e));
            }
            throw e;
        }
    }

    /** Unless another transaction was faster, a failed commit may have come to pass: then the record says so. */
    private void takeBack(AuditNote note, KmsException failure) {
        String committed = failure instanceof ConcurrentChangeException ? "no" : "unknown";
        AuditNote correction = note.withOutcome(FAILED)
                .with("committed", committed)
                .with("failure", failure.code().name());
        if (failure.code() == KmsErrorCode.DATABASE_UNAVAILABLE) {
            audit.recordLater(correction);
            return;
        }
        try {
            audit.record(correction);
        } catch (KmsException e) {
            KmsLog.LOG.eventNotAudited(note.event().name(), e);
        }
    }
}
