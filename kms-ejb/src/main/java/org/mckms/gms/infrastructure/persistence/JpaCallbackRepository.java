package org.mckms.gms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.mckms.gms.domain.Callback;
import org.mckms.gms.domain.CallbackRepository;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Callbacks in table {@code gms_callback}. */
@ApplicationScoped
public class JpaCallbackRepository implements CallbackRepository {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public Optional<StoredRow<Callback>> find(String memberUri) {
        return Optional.ofNullable(entities.find(CallbackRow.class, memberUri)).map(CallbackRow::stored);
    }

    @Override
    public List<StoredRow<Callback>> findAll(Collection<String> memberUris) {
        if (memberUris.isEmpty()) {
            return List.of();
        }
        return entities
                .createQuery("SELECT c FROM CallbackRow c WHERE c.memberUri IN :members", CallbackRow.class)
                .setParameter("members", memberUris)
                .getResultList()
                .stream()
                .map(CallbackRow::stored)
                .toList();
    }

    @Override
    public void put(MacProtected<Callback> callback) {
        entities.merge(CallbackRow.of(callback));
    }

    @Override
    public boolean remove(String memberUri) {
        return entities.createQuery("DELETE FROM CallbackRow c WHERE c.memberUri = :uri")
                        .setParameter("uri", memberUri)
                        .executeUpdate()
                > 0;
    }
}
