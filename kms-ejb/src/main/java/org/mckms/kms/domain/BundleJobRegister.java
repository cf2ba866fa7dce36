package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.RowFields;
import org.mckms.platform.row.StoredRow;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** The bundle jobs, checked against their MACs: nobody orders bundles by writing to the database. */
public final class BundleJobRegister {

    private final BundleJobRepository rows;
    private final RowGuard guard;

    public BundleJobRegister(BundleJobRepository rows, RowGuard guard) {
        this.rows = requireNonNull(rows, "rows");
        this.guard = requireNonNull(guard, "guard");
    }

    /** @throws KmsException {@code NOT_FOUND}, or {@code INTERNAL} if the row was changed past this server */
    public BundleJob get(BundleJobId id) {
        return trusted(rows.find(id).orElseThrow(() -> unknown(id)));
    }

    /** As {@link #get}, and holds the row until the transaction ends. */
    public BundleJob lock(BundleJobId id) {
        return trusted(rows.lock(id).orElseThrow(() -> unknown(id)));
    }

    public void add(BundleJob job) {
        rows.insert(protect(job));
    }

    public void change(BundleJob job) {
        rows.update(protect(job));
    }

    public void remove(BundleJobId id) {
        rows.remove(id);
    }

    /** Names of the jobs whose row says so; what they are is told by {@link #get}. */
    public List<BundleJobId> inState(BundleJobState state) {
        return rows.inState(state).stream()
                .map(StoredRow::id)
                .map(BundleJobId::parse)
                .toList();
    }

    /** The newest jobs without any check of their MACs, newest first; a row that cannot be read is left out. */
    public List<BundleJob> newestUnchecked(int limit) {
        return rows.newest(limit).stream()
                .flatMap(row -> row.content().stream())
                .map(MacProtected::row)
                .toList();
    }

    private BundleJob trusted(StoredRow<BundleJob> row) {
        return guard.trusted(RowTable.BUNDLE_JOB, row, this::fields);
    }

    private MacProtected<BundleJob> protect(BundleJob job) {
        return new MacProtected<>(job, guard.mac(fields(job)));
    }

    private RowFields fields(BundleJob job) {
        return guard.fields(RowTable.BUNDLE_JOB)
                .text(job.id().toString())
                .name(job.state())
                .text(job.officer())
                .text(job.officerCertificate())
                .text(job.reason())
                .text(job.span().epoch().toString())
                .number(job.span().first().number())
                .number(job.span().last().number())
                .number(job.total())
                .number(job.folded())
                .time(job.startedAt())
                .time(job.endedAt());
    }

    private static KmsException unknown(BundleJobId id) {
        return new KmsException(KmsErrorCode.NOT_FOUND, "no bundle job " + id);
    }
}
