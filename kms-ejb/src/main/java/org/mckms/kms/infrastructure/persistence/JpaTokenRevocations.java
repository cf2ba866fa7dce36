package org.mckms.kms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.mckms.kms.domain.token.TokenRevocation;
import org.mckms.kms.domain.token.TokenRevocationRepository;

/** Revocations of access tokens in table {@code kms_token_revocation}. */
@ApplicationScoped
public class JpaTokenRevocations implements TokenRevocationRepository {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public void add(TokenRevocation revocation) {
        entities.persist(TokenRevocationRow.of(revocation));
    }

    @Override
    public List<TokenRevocation> since(Instant revokedAt) {
        return readable(entities.createQuery(
                        "SELECT r FROM TokenRevocationRow r WHERE r.revokedAt >= :since", TokenRevocationRow.class)
                .setParameter("since", Columns.time(revokedAt))
                .getResultStream());
    }

    @Override
    public List<TokenRevocation> newest(int limit) {
        return readable(entities.createQuery(
                        "SELECT r FROM TokenRevocationRow r ORDER BY r.revokedAt DESC, r.id", TokenRevocationRow.class)
                .setMaxResults(limit)
                .getResultStream());
    }

    @Override
    public int forgetBefore(Instant revokedAt) {
        return entities.createQuery("DELETE FROM TokenRevocationRow r WHERE r.revokedAt < :before")
                .setParameter("before", Columns.time(revokedAt))
                .executeUpdate();
    }

    private static List<TokenRevocation> readable(Stream<TokenRevocationRow> rows) {
        return rows.flatMap(row -> Columns.readable(row.id, row::revocation).stream())
                .toList();
    }
}
