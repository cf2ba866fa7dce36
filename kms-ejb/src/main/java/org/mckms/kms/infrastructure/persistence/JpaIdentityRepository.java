package org.mckms.kms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.kms.domain.IdentityRepository;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Identities in table {@code kms_identity}. */
@ApplicationScoped
public class JpaIdentityRepository implements IdentityRepository {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public Optional<StoredRow<RegisteredIdentity>> find(String uri) {
        return Optional.ofNullable(entities.find(IdentityRow.class, uri)).map(IdentityRow::stored);
    }

    @Override
    public Optional<StoredRow<RegisteredIdentity>> lock(String uri) {
        return Optional.ofNullable(entities.find(IdentityRow.class, uri, LockModeType.PESSIMISTIC_WRITE))
                .map(IdentityRow::stored);
    }

    @Override
    public Optional<StoredRow<RegisteredIdentity>> lockAfresh(String uri) {
        entities.flush();
        entities.clear();
        return lock(uri);
    }

    @Override
    public void insert(MacProtected<RegisteredIdentity> identity) {
        IdentityRow row = new IdentityRow();
        row.take(identity);
        entities.persist(row);
        entities.flush();
    }

    @Override
    public Set<String> blockedAmong(Collection<String> uris) {
        return uris.isEmpty()
                ? Set.of()
                : Set.copyOf(entities.createQuery(
                                "SELECT i.uri FROM IdentityRow i WHERE i.blocked = TRUE AND i.uri IN :uris",
                                String.class)
                        .setParameter("uris", uris)
                        .getResultList());
    }

    @Override
    public void update(MacProtected<RegisteredIdentity> identity) {
        entities.find(IdentityRow.class, identity.row().uri()).take(identity);
    }

    @Override
    public List<StoredRow<RegisteredIdentity>> page(Optional<String> after, int limit) {
        return entities.createQuery(
                        "SELECT i FROM IdentityRow i WHERE i.uri > :after ORDER BY i.uri", IdentityRow.class)
                .setParameter("after", after.orElse(""))
                .setMaxResults(limit)
                .getResultStream()
                .map(IdentityRow::stored)
                .toList();
    }
}
