package org.mckms.kms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Map;
import java.util.stream.Collectors;
import org.mckms.kms.domain.SealCounts;

/** Uses of store keys in table {@code kms_seal_count}. */
@ApplicationScoped
public class JpaSealCounts implements SealCounts {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    /** The first two seals of a key at once are a lost race for one of them. */
    @Override
    public void countSeal(String keyLabel) {
        int counted = entities.createQuery("UPDATE SealCountRow c SET c.seals = c.seals + 1 WHERE c.keyLabel = :label")
                .setParameter("label", keyLabel)
                .executeUpdate();
        if (counted == 0) {
            SealCountRow first = new SealCountRow();
            first.keyLabel = keyLabel;
            first.seals = 1;
            entities.persist(first);
            entities.flush();
        }
    }

    @Override
    public Map<String, Long> all() {
        return entities.createQuery("SELECT c FROM SealCountRow c", SealCountRow.class)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.keyLabel, row -> row.seals));
    }

    @Override
    public long seals(String keyLabel) {
        return entities.createQuery("SELECT c.seals FROM SealCountRow c WHERE c.keyLabel = :label", Long.class)
                .setParameter("label", keyLabel)
                .getResultStream()
                .findFirst()
                .orElse(0L);
    }
}
