package org.mckms.mikeysakke.mikey;

import java.util.Arrays;
import org.mckms.mikeysakke.HmacSha256;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * Session values derived from a distributed key, the TGK: RFC 3830 clause 4.1.3 with PRF-HMAC-SHA-256 (RFC 6043 clause 6.1). For a
 * group call the CSB-ID is the GUK-ID of who talks.
 */
public final class SrtpKeyDerivation {
    /** Constant of the TEK, the SRTP master key. */
    public static final int TEK = 0x2AD01C64;
    /** Constant of the salting key, the SRTP master salt. */
    public static final int SALT = 0x39A2C14B;
    /** Constant of the encryption key. */
    public static final int ENCRYPTION = 0x15798CEF;
    /** Constant of the authentication key. */
    public static final int AUTHENTICATION = 0x1B5C7973;

    /** Length of the TEK of the default policies. */
    public static final int TEK_OCTETS = 16;
    /** Length of the salt of the default policies. */
    public static final int SALT_OCTETS = 12;

    private static final int BLOCK_OCTETS = 32;
    private static final int MAX_OCTETS = 255;

    private SrtpKeyDerivation() {}

    /** The TEK, 16 octets, which the caller closes; otherwise as {@link #derive}. */
    public static SecretOctets tek(SecretOctets tgk, int csId, KeyIdentifier csbId, Octets rand) {
        return derive(tgk, TEK, csId, csbId, rand, TEK_OCTETS);
    }

    /** The salt, 12 octets, which the caller closes; otherwise as {@link #derive}. */
    public static SecretOctets salt(SecretOctets tgk, int csId, KeyIdentifier csbId, Octets rand) {
        return derive(tgk, SALT, csId, csbId, rand, SALT_OCTETS);
    }

    /**
     * Derives a value.
     *
     * @param tgk 1 to 32 octets, one block of the PRF
     * @param constant which value
     * @param csId 0..255
     * @param rand of the message that brought the key
     * @param octets length of the result, 1 to 255
     * @return the value, which the caller closes
     * @throws InvalidValueException if a number or length is out of range
     */
    public static SecretOctets derive(
            SecretOctets tgk, int constant, int csId, KeyIdentifier csbId, Octets rand, int octets) {
        if (tgk.size() < 1 || tgk.size() > BLOCK_OCTETS) {
            throw new InvalidValueException("a TGK has 1 to 32 octets here, not " + tgk.size());
        }
        if (csId < 0 || csId > 0xFF || octets < 1 || octets > MAX_OCTETS) {
            throw new InvalidValueException("CS ID " + csId + " or length " + octets + " is out of range");
        }
        byte[] label = label(constant, csId, csbId, rand);
        byte[] value = new byte[octets];
        try {
            tgk.use(key -> expand(key, label, value));
            return SecretOctets.takeFrom(value);
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    /** constant (4) || CS-ID (1) || CSB-ID (4) || RAND. */
    private static byte[] label(int constant, int csId, KeyIdentifier csbId, Octets rand) {
        return new KeyIdentifier(constant)
                .octets()
                .concat(Octets.copyOf(new byte[] {(byte) csId}), csbId.octets(), rand)
                .toByteArray();
    }

    /** P(s, label, m) = HMAC(s, A1 || label) || ..., A0 = label, Ai = HMAC(s, A(i-1)), of which as many octets as the result has. */
    private static byte[] expand(byte[] key, byte[] label, byte[] result) {
        byte[] a = label.clone();
        for (int done = 0; done < result.length; done += BLOCK_OCTETS) {
            byte[] next = HmacSha256.of(key, a);
            Arrays.fill(a, (byte) 0);
            a = next;
            byte[] block = HmacSha256.of(key, a, label);
            System.arraycopy(block, 0, result, done, Math.min(block.length, result.length - done));
            Arrays.fill(block, (byte) 0);
        }
        Arrays.fill(a, (byte) 0);
        return result;
    }
}
