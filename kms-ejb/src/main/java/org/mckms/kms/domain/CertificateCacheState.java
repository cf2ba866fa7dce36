package org.mckms.kms.domain;

import org.mckms.mikeysakke.InvalidValueException;

/**
 * The state of the cache of partner certificates.
 *
 * @param number of the newest cache, from 1; only ever grows
 */
public record CertificateCacheState(long number) {

    public CertificateCacheState {
        if (number < 1) {
            throw new InvalidValueException("a cache has a number from 1");
        }
    }
}
