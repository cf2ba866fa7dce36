package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.mikeysakke.InvalidValueException;

/**
 * What an officer orders of a registration.
 *
 * @param validFor how long the keys may wait for their first use; a second to 90 days
 * @param reason   the officer's words, 1 to 500 characters
 */
public record RegistrationOrder(ClientKeysId id, Duration validFor, String reason) {

    /** Longest wait for the first use. */
    public static final Duration MAX_VALID_FOR = Duration.ofDays(90);

    public RegistrationOrder {
        requireNonNull(id, "id");
        requireNonNull(reason, "reason");
        if (validFor.compareTo(Duration.ofSeconds(1)) < 0 || validFor.compareTo(MAX_VALID_FOR) > 0) {
            throw new InvalidValueException(
                    "registered keys wait for their first use between PT1S and " + MAX_VALID_FOR);
        }
    }
}
