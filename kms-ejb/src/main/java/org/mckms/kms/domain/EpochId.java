package org.mckms.kms.domain;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.UUID;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * Names one generation of master secrets. It enters the derivation of the masters and the labels of their token keys,
 * so it never changes and is never used twice.
 *
 * @param value the UUID, written with lower-case digits in labels and as 16 big-endian octets in derivations
 */
public record EpochId(UUID value) {

    public EpochId {
        Objects.requireNonNull(value, "value");
    }

    /**
     * Reads the textual form of a UUID.
     *
     * @throws InvalidValueException if the text is not the 36-character form of a UUID
     */
    public static EpochId parse(String text) {
        UUID parsed;
        try {
            parsed = UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("not an epoch identifier: " + text);
        }
        if (!parsed.toString().equalsIgnoreCase(text)) {
            throw new InvalidValueException("not an epoch identifier: " + text);
        }
        return new EpochId(parsed);
    }

    /** The UUID as 16 octets, most significant first. */
    public Octets octets() {
        return Octets.copyOf(ByteBuffer.allocate(16)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array());
    }

    /** The 36 characters that labels of token keys end in. */
    @Override
    public String toString() {
        return value.toString();
    }
}
