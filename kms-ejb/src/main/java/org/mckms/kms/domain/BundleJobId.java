package org.mckms.kms.domain;

import java.util.Objects;
import java.util.UUID;
import org.mckms.mikeysakke.InvalidValueException;

/** Names a job that makes pre-provisioning bundles. */
public record BundleJobId(UUID value) {

    public BundleJobId {
        Objects.requireNonNull(value, "value");
    }

    /**
     * Reads the textual form of a UUID.
     *
     * @throws InvalidValueException if the text is not the 36-character form of a UUID
     */
    public static BundleJobId parse(String text) {
        try {
            UUID parsed = UUID.fromString(text);
            if (parsed.toString().equalsIgnoreCase(text)) {
                return new BundleJobId(parsed);
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("not the identifier of a job");
        }
        throw new InvalidValueException("not the identifier of a job");
    }

    /** The 36 characters of the UUID, with lower-case digits. */
    @Override
    public String toString() {
        return value.toString();
    }
}
