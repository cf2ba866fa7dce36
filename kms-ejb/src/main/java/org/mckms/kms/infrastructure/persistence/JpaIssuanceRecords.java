package org.mckms.kms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import org.mckms.kms.domain.Issuance;
import org.mckms.kms.domain.IssuanceRecords;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Issuances in table {@code kms_issuance}. */
@ApplicationScoped
public class JpaIssuanceRecords implements IssuanceRecords {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public boolean note(Issuance issuance, Instant now) {
        IssuanceRow known = entities.find(IssuanceRow.class, new IssuanceRow.Key(issuance));
        if (known == null) {
            entities.persist(IssuanceRow.of(issuance, Columns.time(now)));
            return true;
        }
        if (!known.pvtSha256.equals(issuance.pvtSha256().toHex())) {
            throw new KmsException(
                    KmsErrorCode.SELF_CHECK_FAILED,
                    "the same key set left before with another PVT: masters or issuance record were changed");
        }
        return false;
    }

    @Override
    public boolean existFor(String uri) {
        return !entities.createQuery("SELECT i.issue FROM IssuanceRow i WHERE i.uri = :uri", Integer.class)
                .setParameter("uri", uri)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }
}
