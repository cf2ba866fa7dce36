package org.mckms.mikeysakke.identity;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;

/**
 * UID of one user for one key period, UserIdFormat 2 (TS 33.180 annex F.2.1).
 *
 * @param octets 32 octets
 */
public record UserIdentifier(Octets octets) {
    /** Length of a UID. */
    public static final int OCTETS = 32;

    private static final Octets FC = Octets.fromHex("00");
    private static final Octets P0 = Octets.ofAscii("MIKEY-SAKKE-UID");
    private static final int MAX_PARAMETER_OCTETS = 0xFFFF;

    /**
     * Checks the length.
     *
     * @throws InvalidValueException if there are not 32 octets
     */
    public UserIdentifier {
        if (octets.size() != OCTETS) {
            throw new InvalidValueException("a UID has 32 octets, not " + octets.size());
        }
    }

    /**
     * The UID of a user, by the schedule of the KMS certificate that the keys belong to.
     *
     * @param userUri hashed exactly as given: no scheme added, no case folded
     * @param kmsUri the KmsUri of the certificate
     * @throws InvalidValueException if a URI is empty, malformed or above 65535 octets
     */
    public static UserIdentifier format2(String userUri, String kmsUri, KeyPeriodSchedule schedule, KeyPeriod period) {
        return format2(userUri, kmsUri, schedule.lengthSeconds(), schedule.offsetSeconds(), period.number());
    }

    /**
     * The UID of a user from bare numbers; unlike {@link KeyPeriodSchedule} it takes an offset beyond the period, since
     * identifiers made of such values are published.
     *
     * @param periodSeconds UserKeyPeriod, 0 or more
     * @param offsetSeconds UserKeyOffset, 0 or more
     * @param number key period number, 0 or more
     * @throws InvalidValueException if a URI is empty, malformed or above 65535 octets, or a number is negative
     */
    public static UserIdentifier format2(
            String userUri, String kmsUri, long periodSeconds, long offsetSeconds, long number) {
        return new UserIdentifier(Sha256.of(hashInput(userUri, kmsUri, periodSeconds, offsetSeconds, number)));
    }

    /**
     * The string S whose SHA-256 is the UID: FC, then each parameter followed by its length in two octets.
     * Integers are written in their shortest big-endian form, zero as one octet.
     *
     * @throws InvalidValueException as {@link #format2(String, String, long, long, long)}
     */
    public static Octets hashInput(String userUri, String kmsUri, long periodSeconds, long offsetSeconds, long number) {
        return FC.concat(
                withLength(P0, "P0"),
                withLength(Octets.ofUtf8(userUri), "user URI"),
                withLength(Octets.ofUtf8(kmsUri), "KMS URI"),
                withLength(shortest(periodSeconds, "UserKeyPeriod"), "UserKeyPeriod"),
                withLength(shortest(offsetSeconds, "UserKeyOffset"), "UserKeyOffset"),
                withLength(shortest(number, "key period number"), "key period number"));
    }

    private static Octets withLength(Octets parameter, String name) {
        int size = parameter.size();
        if (size == 0 || size > MAX_PARAMETER_OCTETS) {
            throw new InvalidValueException(name + " has " + size + " octets, not 1 to " + MAX_PARAMETER_OCTETS);
        }
        return parameter.concat(Octets.copyOf(new byte[] {(byte) (size >>> 8), (byte) size}));
    }

    private static Octets shortest(long value, String name) {
        if (value < 0) {
            throw new InvalidValueException(name + " is negative: " + value);
        }
        int size = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 7) / 8);
        byte[] octets = new byte[size];
        for (int i = 0; i < size; i++) {
            octets[i] = (byte) (value >>> 8 * (size - 1 - i));
        }
        return Octets.copyOf(octets);
    }
}
