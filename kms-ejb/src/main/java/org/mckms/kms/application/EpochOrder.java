package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;

/**
 * What an officer orders of the ceremony. KMS URI, issuer and domains come from the settings.
 *
 * @param certUri   CertUri of the new root certificate; unique
 * @param validFrom first instant of validity
 * @param validTo   first instant at which the certificate is no longer valid
 */
public record EpochOrder(
        EpochPurpose purpose, String certUri, Instant validFrom, Instant validTo, KeyPeriodSchedule schedule) {

    /** Shortest key period, one minute. */
    public static final long MIN_PERIOD_SECONDS = 60;

    /** Longest key period, ten years of 366 days. */
    public static final long MAX_PERIOD_SECONDS = 10L * 366 * 86_400;

    public EpochOrder {
        requireNonNull(purpose, "purpose");
        requireNonNull(schedule, "schedule");
        if (certUri.isBlank()) {
            throw new InvalidValueException("the CertUri of the new epoch is empty");
        }
        if (schedule.lengthSeconds() < MIN_PERIOD_SECONDS || schedule.lengthSeconds() > MAX_PERIOD_SECONDS) {
            throw new InvalidValueException(
                    "a key period lasts " + MIN_PERIOD_SECONDS + " to " + MAX_PERIOD_SECONDS + " s");
        }
        if (!validFrom.isBefore(validTo)) {
            throw new InvalidValueException("the new epoch would end before it begins");
        }
    }
}
