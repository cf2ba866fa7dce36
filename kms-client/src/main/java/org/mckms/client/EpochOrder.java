package org.mckms.client;

import java.time.Instant;
import java.util.Optional;

/**
 * What an officer orders in the ceremony: one new epoch, that is one new root certificate.
 *
 * @param purpose production or development
 * @param certUri URI of the new certificate; unique, and never used again
 * @param userKeyPeriodSeconds length of a key period
 * @param userKeyOffsetSeconds begin of key period 0, smaller than the period
 * @param masters the master secrets of an imported epoch; absent when they are derived from a new key on the token
 */
public record EpochOrder(
        Purpose purpose,
        String certUri,
        Instant validFrom,
        Instant validTo,
        long userKeyPeriodSeconds,
        long userKeyOffsetSeconds,
        Optional<ImportedMasters> masters) {
    /** What an epoch is for; an epoch never changes its purpose. */
    public enum Purpose {
        PRODUCTION,
        DEVELOPMENT
    }

    public EpochOrder {
        if (!validFrom.isBefore(validTo)) {
            throw new IllegalArgumentException(
                    "the certificate ends at " + validTo + ", before it begins at " + validFrom);
        }
        if (userKeyPeriodSeconds <= 0 || userKeyOffsetSeconds < 0 || userKeyOffsetSeconds >= userKeyPeriodSeconds) {
            throw new IllegalArgumentException("the offset must be smaller than the key period: offset "
                    + userKeyOffsetSeconds + ", period " + userKeyPeriodSeconds);
        }
    }
}
