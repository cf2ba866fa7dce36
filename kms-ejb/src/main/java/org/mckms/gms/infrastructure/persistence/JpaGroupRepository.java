package org.mckms.gms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupRepository;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Groups in table {@code gms_group}. */
@ApplicationScoped
public class JpaGroupRepository implements GroupRepository {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public Optional<StoredRow<Group>> find(String uri) {
        return Optional.ofNullable(entities.find(GroupRow.class, uri)).map(GroupRow::stored);
    }

    @Override
    public Optional<StoredRow<Group>> lock(String uri) {
        return LockedRows.lock(entities, GroupRow.class, uri).map(GroupRow::stored);
    }

    @Override
    public void insert(MacProtected<Group> group) {
        GroupRow row = new GroupRow();
        row.take(group);
        entities.persist(row);
        entities.flush();
    }

    @Override
    public void update(MacProtected<Group> group) {
        entities.find(GroupRow.class, group.row().uri()).take(group);
    }

    @Override
    public void remove(String uri) {
        entities.createQuery("DELETE FROM GroupRow g WHERE g.uri = :uri")
                .setParameter("uri", uri)
                .executeUpdate();
        entities.clear();
    }

    @Override
    public List<StoredRow<Group>> page(Collection<String> owners, String after, int limit) {
        TypedQuery<GroupRow> query = entities.createQuery(
                "SELECT g FROM GroupRow g WHERE g.uri > :after"
                        + (owners.isEmpty() ? "" : " AND g.owner IN :owners")
                        + " ORDER BY g.uri",
                GroupRow.class);
        if (!owners.isEmpty()) {
            query.setParameter("owners", owners);
        }
        return query.setParameter("after", after)
                .setMaxResults(limit)
                .getResultStream()
                .map(GroupRow::stored)
                .toList();
    }

    @Override
    public List<String> due(Instant now, int limit) {
        return entities.createQuery(
                        "SELECT g.uri FROM GroupRow g WHERE g.nextRekeyAt <= :now AND g.state = 'ACTIVE'"
                                + " ORDER BY g.nextRekeyAt",
                        String.class)
                .setParameter("now", Columns.time(now))
                .setMaxResults(limit)
                .getResultList();
    }

    @Override
    public List<String> endedBefore(Instant time, int limit) {
        return entities.createQuery(
                        "SELECT g.uri FROM GroupRow g WHERE g.state = 'TORN_DOWN' AND g.endedAt < :time ORDER BY g.endedAt",
                        String.class)
                .setParameter("time", Columns.time(time))
                .setMaxResults(limit)
                .getResultList();
    }
}
