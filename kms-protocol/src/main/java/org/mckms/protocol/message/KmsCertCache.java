package org.mckms.protocol.message;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.mckms.mikeysakke.InvalidValueException;

/**
 * Answer to KMS CertCache: certificates of other KMSs newer than the client's cache (TS 33.180 clause D.2.5).
 *
 * @param cacheNum number of this state of the cache, not negative; the client names it in its next request
 * @param certificates new or replaced certificates, in the order sent
 * @throws InvalidValueException if the number is negative
 */
public record KmsCertCache(OptionalLong cacheNum, List<KmsCertificate> certificates) implements KmsMessage {
    public KmsCertCache {
        Objects.requireNonNull(cacheNum, "cacheNum");
        if (cacheNum.isPresent() && cacheNum.getAsLong() < 0) {
            throw new InvalidValueException("CacheNum is negative: " + cacheNum.getAsLong());
        }
        certificates = List.copyOf(certificates);
    }
}
