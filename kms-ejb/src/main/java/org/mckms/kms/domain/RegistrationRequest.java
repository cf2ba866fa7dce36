package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.mckms.mikeysakke.InvalidValueException;

/**
 * A first officer's wish to register the keys of a server, waiting for another officer.
 *
 * @param officer            name of the officer
 * @param officerCertificate SHA-256 of the officer's certificate, hex
 */
public record RegistrationRequest(
        ClientKeysId id, String officer, String officerCertificate, String reason, Instant requestedAt) {

    /** How long a second officer has to approve. */
    public static final Duration LIFETIME = Duration.ofHours(24);

    public RegistrationRequest {
        requireNonNull(id, "id");
        requireNonNull(officer, "officer");
        requireNonNull(officerCertificate, "officerCertificate");
        requireNonNull(requestedAt, "requestedAt");
        if (reason.isBlank() || reason.length() > RegisteredIdentity.MAX_REASON_CHARACTERS) {
            throw new InvalidValueException(
                    "a reason has 1 to " + RegisteredIdentity.MAX_REASON_CHARACTERS + " characters");
        }
    }

    public Instant expiresAt() {
        return requestedAt.plus(LIFETIME);
    }

    /** Whether it can still be approved. */
    public boolean isOpen(Instant now) {
        return now.isBefore(expiresAt());
    }

    /** Whether this is the officer who asked: one name or one certificate is one person. */
    public boolean isOf(OperatorIdentity other) {
        return officer.equals(other.name()) || officerCertificate.equals(other.certificateSha256());
    }
}
