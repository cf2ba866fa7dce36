package org.mckms.gms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mckms.gms.domain.JobState;
import org.mckms.gms.domain.RekeyJob;
import org.mckms.gms.domain.RekeyJobRepository;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Jobs in table {@code gms_job}. */
@ApplicationScoped
public class JpaRekeyJobRepository implements RekeyJobRepository {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public Optional<StoredRow<RekeyJob>> find(UUID id) {
        return Optional.ofNullable(entities.find(RekeyJobRow.class, id.toString()))
                .map(RekeyJobRow::stored);
    }

    @Override
    public Optional<StoredRow<RekeyJob>> lock(UUID id) {
        return LockedRows.lock(entities, RekeyJobRow.class, id.toString()).map(RekeyJobRow::stored);
    }

    @Override
    public void insert(MacProtected<RekeyJob> job) {
        RekeyJobRow row = new RekeyJobRow();
        row.take(job);
        entities.persist(row);
        entities.flush();
    }

    @Override
    public void update(MacProtected<RekeyJob> job) {
        entities.find(RekeyJobRow.class, job.row().id().toString()).take(job);
    }

    @Override
    public List<UUID> inState(JobState state) {
        return entities.createQuery(
                        "SELECT j.id FROM RekeyJobRow j WHERE j.state = :state ORDER BY j.startedAt, j.id",
                        String.class)
                .setParameter("state", state.name())
                .getResultStream()
                .map(UUID::fromString)
                .toList();
    }

    @Override
    public List<StoredRow<RekeyJob>> ofGroup(String groupUri, int limit) {
        return entities.createQuery(
                        "SELECT j FROM RekeyJobRow j WHERE j.groupUri = :group ORDER BY j.startedAt DESC, j.id DESC",
                        RekeyJobRow.class)
                .setParameter("group", groupUri)
                .setMaxResults(limit)
                .getResultStream()
                .map(RekeyJobRow::stored)
                .toList();
    }

    @Override
    public List<StoredRow<RekeyJob>> newest(int limit) {
        return entities.createQuery(
                        "SELECT j FROM RekeyJobRow j ORDER BY j.startedAt DESC, j.id DESC", RekeyJobRow.class)
                .setMaxResults(limit)
                .getResultStream()
                .map(RekeyJobRow::stored)
                .toList();
    }
}
