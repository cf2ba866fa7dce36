package org.mckms.kms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.ClientKeysRepository;
import org.mckms.kms.domain.StoredClientKeys;

/** Keys of devices in table {@code kms_client_keys}. */
@ApplicationScoped
public class JpaClientKeysRepository implements ClientKeysRepository {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    /** One owner at a time, nearly always the only one: a query over a list is translated anew for each request. */
    @Override
    public List<StoredClientKeys> ofOwners(Collection<String> ownerUris) {
        return ownerUris.stream()
                .distinct()
                .sorted()
                .flatMap(owner -> ofOwner(owner).stream())
                .toList();
    }

    private List<StoredClientKeys> ofOwner(String ownerUri) {
        return entities
                .createQuery(
                        "SELECT k FROM ClientKeysRow k WHERE k.ownerUri = :owner ORDER BY k.device",
                        ClientKeysRow.class)
                .setParameter("owner", ownerUri)
                .getResultList()
                .stream()
                .map(ClientKeysRow::stored)
                .toList();
    }

    @Override
    public Optional<StoredClientKeys> lock(ClientKeysId id) {
        ClientKeysRow row = entities.find(ClientKeysRow.class, new ClientKeysRow.Key(id));
        if (row == null) {
            return Optional.empty();
        }
        entities.flush();
        entities.refresh(row, LockModeType.PESSIMISTIC_WRITE);
        return Optional.of(row.stored());
    }

    @Override
    public int newestNumber(String ownerUri) {
        return entities.createQuery(
                        "SELECT COALESCE(MAX(k.number), 0) FROM ClientKeysRow k WHERE k.ownerUri = :owner",
                        Integer.class)
                .setParameter("owner", ownerUri)
                .getSingleResult();
    }

    @Override
    public void insert(StoredClientKeys.Content row) {
        entities.persist(ClientKeysRow.of(row));
        entities.flush();
    }

    @Override
    public void update(StoredClientKeys.Content row) {
        entities.find(ClientKeysRow.class, new ClientKeysRow.Key(row.record().id()))
                .take(row);
        entities.flush();
    }

    @Override
    public void touch(ClientKeysId id, Instant lastUsed) {
        entities.createQuery("UPDATE ClientKeysRow k SET k.lastUsed = :used"
                        + " WHERE k.ownerUri = :owner AND k.device = :device")
                .setParameter("used", Columns.time(lastUsed))
                .setParameter("owner", id.ownerUri())
                .setParameter("device", id.device())
                .executeUpdate();
    }

    @Override
    public List<StoredClientKeys> page(Optional<ClientKeysId> after, int limit) {
        return entities.createQuery(
                        "SELECT k FROM ClientKeysRow k WHERE k.ownerUri > :owner"
                                + " OR k.ownerUri = :owner AND k.device > :device ORDER BY k.ownerUri, k.device",
                        ClientKeysRow.class)
                .setParameter("owner", after.map(ClientKeysId::ownerUri).orElse(""))
                .setParameter("device", after.map(ClientKeysId::device).orElse(""))
                .setMaxResults(limit)
                .getResultStream()
                .map(ClientKeysRow::stored)
                .toList();
    }
}
