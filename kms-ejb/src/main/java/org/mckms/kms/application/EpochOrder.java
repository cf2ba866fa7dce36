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

    public EpochOrder {
        requireNonNull(purpose, "purpose");
        requireNonNull(schedule, "schedule");
        if (certUri.isBlank()) {
            throw new InvalidValueException("the CertUri of the new epoch is empty");
        }
        if (!validFrom.isBefore(validTo)) {
            throw new InvalidValueException("the new epoch would end before it begins");
        }
    }
}
