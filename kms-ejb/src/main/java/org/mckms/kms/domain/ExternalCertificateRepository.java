package org.mckms.kms.domain;

import java.util.List;

/** Stores certificates of partner KMSs. Every method runs inside a transaction of its caller. */
public interface ExternalCertificateRepository {

    /** Those of a newer cache, in order of cache number and CertUri. */
    List<StoredRow<ExternalCertificate>> newerThan(long cacheNum);

    /** Number of the newest cache; 0 if there never was a certificate. */
    long newestCacheNum();
}
