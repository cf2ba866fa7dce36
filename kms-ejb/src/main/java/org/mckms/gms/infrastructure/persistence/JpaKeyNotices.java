package org.mckms.gms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.mckms.gms.domain.KeyNotice;
import org.mckms.gms.domain.KeyNotices;
import org.mckms.gms.domain.MessageState;

/**
 * What is ready, out of the tables of members, keys and messages. Rows are taken as they are: all they decide here is whether
 * a member is told to ask.
 */
@ApplicationScoped
public class JpaKeyNotices implements KeyNotices {

    private static final String PENDING = """
            SELECT m.uri, k.groupUri, MAX(k.generation), MAX(s.changedAt)
            FROM MemberRow m, GroupKeyRow k, MessageRow s
            WHERE m.uri IN :uris
              AND k.groupUri = m.key.groupUri
              AND (k.supersededAt IS NULL OR k.supersededAt > :now)
              AND (k.expiry IS NULL OR k.expiry > :now)
              AND s.key.keyId = k.keyId
              AND s.key.member = m.key.number
              AND s.state = :pending
            GROUP BY m.uri, k.groupUri
            """;

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public List<KeyNotice> pendingOf(Collection<String> memberUris, Instant now) {
        if (memberUris.isEmpty()) {
            return List.of();
        }
        return entities
                .createQuery(PENDING, Object[].class)
                .setParameter("uris", memberUris)
                .setParameter("now", Columns.time(now))
                .setParameter("pending", MessageState.PENDING.name())
                .getResultList()
                .stream()
                .map(row -> new KeyNotice(
                        (String) row[0], (String) row[1], (Long) row[2], ((OffsetDateTime) row[3]).toInstant()))
                .toList();
    }
}
