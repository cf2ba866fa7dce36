package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import org.mckms.kms.domain.AuthenticatedIdentity;

/** KMS CertCache: gives a client the certificates of partner KMSs (TS 33.180 annex D.2.5). */
@Stateless
public class CertificateCache {

    public Answer newerThan(AuthenticatedIdentity caller, CertCacheRequest request) {
        throw new UnsupportedOperationException();
    }
}
