package org.mckms.gms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mckms.gms.domain.regroup.RegroupKey;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupPartRepository;
import org.mckms.gms.domain.regroup.RegroupRole;
import org.mckms.gms.domain.regroup.RegroupState;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Parts of regroups in table {@code gms_regroup_part}. */
@ApplicationScoped
public class JpaRegroupPartRepository implements RegroupPartRepository {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public Optional<StoredRow<RegroupPart>> find(RegroupKey key) {
        return Optional.ofNullable(entities.find(RegroupPartRow.class, RegroupPartRow.partKey(key)))
                .map(RegroupPartRow::stored);
    }

    @Override
    public Optional<StoredRow<RegroupPart>> lock(RegroupKey key) {
        return LockedRows.lock(entities, RegroupPartRow.class, RegroupPartRow.partKey(key))
                .map(RegroupPartRow::stored);
    }

    @Override
    public void insert(MacProtected<RegroupPart> part) {
        RegroupPartRow row = new RegroupPartRow();
        row.take(part);
        entities.persist(row);
        entities.flush();
    }

    @Override
    public void update(MacProtected<RegroupPart> part) {
        entities.find(RegroupPartRow.class, RegroupPartRow.partKey(part.row().key()))
                .take(part);
    }

    @Override
    public List<StoredRow<RegroupPart>> ofRegroup(String regroupId) {
        return entities.createQuery(
                        "SELECT p FROM RegroupPartRow p WHERE p.regroupId = :id ORDER BY p.partnerGms, p.partKey",
                        RegroupPartRow.class)
                .setParameter("id", regroupId)
                .getResultStream()
                .map(RegroupPartRow::stored)
                .toList();
    }

    @Override
    public List<StoredRow<RegroupPart>> aliveNaming(String characters) {
        return entities.createQuery(
                        "SELECT p FROM RegroupPartRow p WHERE p.state NOT IN :over"
                                + " AND (p.primaryGroups LIKE :pattern ESCAPE '!'"
                                + " OR p.partnerGroups LIKE :pattern ESCAPE '!') ORDER BY p.partKey",
                        RegroupPartRow.class)
                .setParameter(
                        "over",
                        Stream.of(RegroupState.values())
                                .filter(RegroupState::isOver)
                                .map(RegroupState::name)
                                .toList())
                .setParameter("pattern", "%" + characters.replaceAll("[!%_]", "!$0") + "%")
                .getResultStream()
                .map(RegroupPartRow::stored)
                .toList();
    }

    @Override
    public List<StoredRow<RegroupPart>> before(Instant before, int limit) {
        return entities.createQuery(
                        "SELECT p FROM RegroupPartRow p WHERE p.createdAt < :before ORDER BY p.createdAt DESC, p.partKey",
                        RegroupPartRow.class)
                .setParameter("before", Columns.time(before))
                .setMaxResults(limit)
                .getResultStream()
                .map(RegroupPartRow::stored)
                .toList();
    }

    @Override
    public List<StoredRow<RegroupPart>> inState(RegroupRole role, Set<RegroupState> states, int limit) {
        return entities.createQuery(
                        "SELECT p FROM RegroupPartRow p WHERE p.role = :role AND p.state IN :states"
                                + " ORDER BY p.changedAt DESC, p.partKey",
                        RegroupPartRow.class)
                .setParameter("role", role.name())
                .setParameter("states", states.stream().map(RegroupState::name).toList())
                .setMaxResults(limit)
                .getResultStream()
                .map(RegroupPartRow::stored)
                .toList();
    }
}
