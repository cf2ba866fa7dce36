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
import org.mckms.gms.domain.KeyStatus;
import org.mckms.gms.domain.MessageState;

/**
 * What is ready, out of the tables of members, keys and messages. Rows are taken as they are: all they decide here is whether
 * a member is told to ask.
 */
@ApplicationScoped
public class JpaKeyNotices implements KeyNotices {

    private static final String PENDING = """
            SELECT member.uri, key.groupUri, MAX(key.generation), MAX(message.changedAt)
            FROM MemberRow member, GroupKeyRow key, MessageRow message
            WHERE member.uri IN :members
              AND key.groupUri = member.key.groupUri
              AND (key.supersededAt IS NULL OR key.supersededAt > :now OR key.status = :revoked)
              AND (key.expiry IS NULL OR key.expiry > :now OR key.status = :revoked)
              AND message.key.keyId = key.keyId
              AND message.key.member = member.key.number
              AND message.state = :pending
            GROUP BY member.uri, key.groupUri
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
                .setParameter("members", memberUris)
                .setParameter("now", Columns.time(now))
                .setParameter("revoked", KeyStatus.REVOKED.name())
                .setParameter("pending", MessageState.PENDING.name())
                .getResultList()
                .stream()
                .map(row -> new KeyNotice(
                        (String) row[0], (String) row[1], (Long) row[2], ((OffsetDateTime) row[3]).toInstant()))
                .toList();
    }
}
