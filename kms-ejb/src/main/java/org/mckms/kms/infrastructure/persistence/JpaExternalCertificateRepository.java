package org.mckms.kms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import org.mckms.kms.domain.ExternalCertificate;
import org.mckms.kms.domain.ExternalCertificateRepository;
import org.mckms.kms.domain.StoredRow;

/** Partner certificates in table {@code kms_external_certificate}. */
@ApplicationScoped
public class JpaExternalCertificateRepository implements ExternalCertificateRepository {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public List<StoredRow<ExternalCertificate>> newerThan(long cacheNum) {
        return entities.createQuery(
                        "SELECT c FROM ExternalCertificateRow c WHERE c.cacheNum > :cache ORDER BY c.cacheNum, c.certUri",
                        ExternalCertificateRow.class)
                .setParameter("cache", cacheNum)
                .getResultStream()
                .map(ExternalCertificateRow::stored)
                .toList();
    }

    @Override
    public long newestCacheNum() {
        return entities.createQuery("SELECT COALESCE(MAX(c.cacheNum), 0L) FROM ExternalCertificateRow c", Long.class)
                .getSingleResult();
    }
}
