package org.mckms.kms.domain;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;

/**
 * What the ceremony decides about a new epoch before its masters exist.
 *
 * @param kmsUri    enters every derivation octet by octet (UTF-8); not empty
 * @param certUri   names the root KMS certificate
 * @param validFrom first instant at which the certificate is valid
 * @param validTo   first instant at which it no longer is; after {@code validFrom}
 * @param domains   domains whose users this KMS serves; may be empty
 */
public record EpochPlan(
        EpochId id,
        EpochPurpose purpose,
        String kmsUri,
        String certUri,
        String issuer,
        Instant validFrom,
        Instant validTo,
        KeyPeriodSchedule schedule,
        List<String> domains) {

    public EpochPlan {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(certUri, "certUri");
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(schedule, "schedule");
        if (kmsUri.isEmpty()) {
            throw new InvalidValueException("the KMS URI of an epoch is empty");
        }
        if (!validTo.isAfter(validFrom)) {
            throw new InvalidValueException("epoch ends at " + validTo + ", not after its start " + validFrom);
        }
        domains = List.copyOf(domains);
    }

    /** What binds every secret derived for this epoch to it. */
    public DerivationContext derivationContext() {
        return new DerivationContext(purpose, id, kmsUri);
    }
}
