package org.mckms.kms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import org.mckms.kms.domain.SeenRequests;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.persistence.ConcurrentChangeException;
import org.mckms.platform.persistence.DatabaseFailures;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Requests that were let in, in table {@code kms_seen_request}: its primary key decides between nodes. */
@ApplicationScoped
public class JpaSeenRequests implements SeenRequests {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public void admit(Octets fingerprint, Instant seenUntil) {
        SeenRequestRow row = new SeenRequestRow();
        row.fingerprint = fingerprint.toHex();
        row.seenUntil = Columns.time(seenUntil);
        try {
            entities.persist(row);
            entities.flush();
        } catch (RuntimeException e) {
            if (DatabaseFailures.meaning(e) instanceof ConcurrentChangeException) {
                throw new KmsException(KmsErrorCode.REPLAYED_REQUEST, "the same signed request was received before", e);
            }
            throw e;
        }
    }

    @Override
    public int forgetBefore(Instant now) {
        return entities.createQuery("DELETE FROM SeenRequestRow r WHERE r.seenUntil < :now")
                .setParameter("now", Columns.time(now))
                .executeUpdate();
    }
}
