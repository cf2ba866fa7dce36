package org.mckms.kms.domain;

import java.util.List;
import java.util.Optional;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Stores certificates of partner KMSs. Every method runs inside a transaction of its caller. */
public interface ExternalCertificateRepository {

    /** Holds everybody else who changes certificates until the transaction ends. */
    void lock();

    /** Those of a newer cache, in order of cache number and CertUri. */
    List<StoredRow<ExternalCertificate>> newerThan(long cacheNum);

    /** Those of one KMS, in order of CertUri. */
    List<StoredRow<ExternalCertificate>> ofKms(String kmsUri);

    Optional<StoredRow<ExternalCertificate>> find(String certUri);

    void insert(MacProtected<ExternalCertificate> certificate);

    void update(MacProtected<ExternalCertificate> certificate);

    void delete(String certUri);

    /** Number of the newest cache that has a certificate; 0 if there is none. */
    long newestCacheNum();

    /** The number that never falls; empty before the first certificate. */
    Optional<StoredRow<CertificateCacheState>> cacheState();

    void save(MacProtected<CertificateCacheState> state);

    /** Former states of one certificate, newest first. */
    List<FormerCertificate> history(String certUri, int limit);

    void addToHistory(FormerCertificate former);
}
