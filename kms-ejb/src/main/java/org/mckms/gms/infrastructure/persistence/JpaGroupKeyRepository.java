package org.mckms.gms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.gms.domain.GroupKeyRepository;
import org.mckms.gms.domain.StoredGroupKey;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Keys in table {@code gms_key}. */
@ApplicationScoped
public class JpaGroupKeyRepository implements GroupKeyRepository {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public void insert(MacProtected<StoredGroupKey> key) {
        GroupKeyRow row = new GroupKeyRow();
        row.take(key);
        entities.persist(row);
        entities.flush();
    }

    @Override
    public void update(MacProtected<StoredGroupKey> key) {
        entities.find(GroupKeyRow.class, key.row().key().keyId().toString()).take(key);
    }

    @Override
    public Optional<StoredRow<StoredGroupKey>> find(KeyIdentifier keyId) {
        return Optional.ofNullable(entities.find(GroupKeyRow.class, keyId.toString()))
                .map(GroupKeyRow::stored);
    }

    @Override
    public List<StoredRow<StoredGroupKey>> ofGroup(String groupUri) {
        return entities.createQuery(
                        "SELECT k FROM GroupKeyRow k WHERE k.groupUri = :group ORDER BY k.generation, k.use DESC",
                        GroupKeyRow.class)
                .setParameter("group", groupUri)
                .getResultStream()
                .map(GroupKeyRow::stored)
                .toList();
    }

    @Override
    public List<KeyIdentifier> overBefore(Instant time, int limit) {
        return entities.createQuery(
                        "SELECT k.keyId FROM GroupKeyRow k WHERE k.supersededAt < :time OR k.expiry < :time",
                        String.class)
                .setParameter("time", Columns.time(time))
                .setMaxResults(limit)
                .getResultStream()
                .map(Columns::keyId)
                .toList();
    }

    @Override
    public void remove(KeyIdentifier keyId) {
        entities.createQuery("DELETE FROM GroupKeyRow k WHERE k.keyId = :id")
                .setParameter("id", keyId.toString())
                .executeUpdate();
    }
}
