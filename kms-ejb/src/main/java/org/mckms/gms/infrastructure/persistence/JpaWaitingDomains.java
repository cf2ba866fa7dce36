package org.mckms.gms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import org.mckms.gms.domain.WaitingDomains;

/** Groups that wait for certificates, in table {@code gms_waiting}. */
@ApplicationScoped
public class JpaWaitingDomains implements WaitingDomains {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public List<Waiting> all(int limit) {
        return entities.createQuery(
                        "SELECT w FROM WaitingRow w ORDER BY w.key.kmsUri, w.key.groupUri", WaitingRow.class)
                .setMaxResults(limit)
                .getResultStream()
                .map(WaitingRow::waiting)
                .toList();
    }

    @Override
    public void add(Waiting waiting) {
        WaitingRow.Key key = new WaitingRow.Key(waiting);
        if (entities.find(WaitingRow.class, key) == null) {
            WaitingRow row = new WaitingRow();
            row.key = key;
            entities.persist(row);
        }
    }

    @Override
    public void remove(Waiting waiting) {
        entities.createQuery("DELETE FROM WaitingRow w WHERE w.key = :key")
                .setParameter("key", new WaitingRow.Key(waiting))
                .executeUpdate();
    }
}
