package org.mckms.kms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.domain.BundleJob;
import org.mckms.kms.domain.BundleJobId;
import org.mckms.kms.domain.BundleJobRepository;
import org.mckms.kms.domain.BundleJobState;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Bundle jobs in table {@code kms_bundle_job}. */
@ApplicationScoped
public class JpaBundleJobRepository implements BundleJobRepository {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public Optional<StoredRow<BundleJob>> find(BundleJobId id) {
        return Optional.ofNullable(entities.find(BundleJobRow.class, id.toString()))
                .map(BundleJobRow::stored);
    }

    @Override
    public Optional<StoredRow<BundleJob>> lock(BundleJobId id) {
        return Optional.ofNullable(entities.find(BundleJobRow.class, id.toString(), LockModeType.PESSIMISTIC_WRITE))
                .map(BundleJobRow::stored);
    }

    @Override
    public void insert(MacProtected<BundleJob> job) {
        BundleJobRow row = new BundleJobRow();
        row.take(job);
        entities.persist(row);
        entities.flush();
    }

    @Override
    public void update(MacProtected<BundleJob> job) {
        entities.find(BundleJobRow.class, job.row().id().toString()).take(job);
    }

    @Override
    public void remove(BundleJobId id) {
        Optional.ofNullable(entities.find(BundleJobRow.class, id.toString())).ifPresent(entities::remove);
    }

    @Override
    public List<StoredRow<BundleJob>> inState(BundleJobState state) {
        return entities.createQuery(
                        "SELECT j FROM BundleJobRow j WHERE j.state = :state ORDER BY j.startedAt, j.id",
                        BundleJobRow.class)
                .setParameter("state", state.name())
                .getResultStream()
                .map(BundleJobRow::stored)
                .toList();
    }

    @Override
    public List<StoredRow<BundleJob>> newest(int limit) {
        return entities.createQuery(
                        "SELECT j FROM BundleJobRow j ORDER BY j.startedAt DESC, j.id DESC", BundleJobRow.class)
                .setMaxResults(limit)
                .getResultStream()
                .map(BundleJobRow::stored)
                .toList();
    }
}
