package org.mckms.kms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.domain.CertificateCacheState;
import org.mckms.kms.domain.ExternalCertificate;
import org.mckms.kms.domain.ExternalCertificateRepository;
import org.mckms.kms.domain.FormerCertificate;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Partner certificates in table {@code kms_external_certificate}, and the tables of their cache and history. */
@ApplicationScoped
public class JpaExternalCertificateRepository implements ExternalCertificateRepository {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public void lock() {
        Optional.ofNullable(entities.find(LockRow.class, LockRow.PARTNER_CERTIFICATES, LockModeType.PESSIMISTIC_WRITE))
                .orElseThrow(() -> new KmsException(
                        KmsErrorCode.INTERNAL,
                        "the row '" + LockRow.PARTNER_CERTIFICATES + "' of table kms_lock is missing; insert it"));
    }

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
    public List<StoredRow<ExternalCertificate>> ofKms(String kmsUri) {
        return entities.createQuery(
                        "SELECT c FROM ExternalCertificateRow c WHERE c.kmsUri = :kms ORDER BY c.certUri",
                        ExternalCertificateRow.class)
                .setParameter("kms", kmsUri)
                .getResultStream()
                .map(ExternalCertificateRow::stored)
                .toList();
    }

    @Override
    public Optional<StoredRow<ExternalCertificate>> find(String certUri) {
        return Optional.ofNullable(entities.find(ExternalCertificateRow.class, certUri))
                .map(ExternalCertificateRow::stored);
    }

    @Override
    public void insert(MacProtected<ExternalCertificate> certificate) {
        entities.persist(ExternalCertificateRow.of(certificate));
    }

    @Override
    public void update(MacProtected<ExternalCertificate> certificate) {
        entities.merge(ExternalCertificateRow.of(certificate));
    }

    @Override
    public void delete(String certUri) {
        entities.remove(entities.getReference(ExternalCertificateRow.class, certUri));
    }

    @Override
    public long newestCacheNum() {
        return entities.createQuery("SELECT COALESCE(MAX(c.cacheNum), 0L) FROM ExternalCertificateRow c", Long.class)
                .getSingleResult();
    }

    @Override
    public Optional<StoredRow<CertificateCacheState>> cacheState() {
        return Optional.ofNullable(entities.find(CertificateCacheRow.class, CertificateCacheRow.EXTERNAL))
                .map(CertificateCacheRow::stored);
    }

    @Override
    public void save(MacProtected<CertificateCacheState> state) {
        entities.merge(CertificateCacheRow.of(state));
    }

    @Override
    public List<FormerCertificate> history(String certUri, int limit) {
        return entities.createQuery(
                        "SELECT c FROM FormerCertificateRow c WHERE c.certUri = :uri ORDER BY c.id DESC",
                        FormerCertificateRow.class)
                .setParameter("uri", certUri)
                .setMaxResults(limit)
                .getResultStream()
                .map(FormerCertificateRow::value)
                .toList();
    }

    @Override
    public void addToHistory(FormerCertificate former) {
        entities.persist(FormerCertificateRow.of(former));
    }
}
