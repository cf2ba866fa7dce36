package org.mckms.mikeysakke.kdf;

import java.util.Arrays;
import org.mckms.mikeysakke.HmacSha256;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * The key derivation functions of TS 33.180 annex F.1: HMAC-SHA-256(key, FC || P0 || L0 [|| P1 || L1]), of which the last octets count.
 *
 * <p>The annex prints 0017 as every length, a left-over of an example; the true length of each parameter is used here.
 * Keys have 16 octets.
 */
public final class KeyDerivation {
    /** Length of the keys that go in and come out. */
    public static final int KEY_OCTETS = 16;

    private static final byte FC_USER_SALT = 0x50;
    private static final byte FC_CONFIDENTIALITY_KEY = 0x51;
    private static final byte FC_INTEGRITY_KEY = 0x52;
    private static final byte FC_DPCK = 0x53;

    private static final int SALT_OCTETS = 4;
    private static final int SALT_MASK = 0x0FFF_FFFF;
    private static final int MAX_PARAMETER_OCTETS = 0xFFFF;

    private KeyDerivation() {}

    /**
     * The user salt of a member of a group (clause F.1.3).
     *
     * @param gmk 16 octets
     * @param userUri MC service user ID of the receiver, hashed exactly as given
     * @return 28 bits
     * @throws InvalidValueException if the key has not 16 octets, or the URI is empty, malformed or above 65535 octets
     */
    public static int userSalt(SecretOctets gmk, String userUri) {
        byte[] salt = derive(gmk, SALT_OCTETS, FC_USER_SALT, Octets.ofUtf8(userUri));
        return KeyIdentifier.of(Octets.copyOf(salt)).value() & SALT_MASK;
    }

    /**
     * The GUK-ID by which a member's message names the GMK: the GMK-ID with its 28 lower bits xor the user salt.
     *
     * @throws InvalidValueException as {@link #userSalt}
     */
    public static KeyIdentifier gukId(SecretOctets gmk, KeyIdentifier gmkId, String userUri) {
        return gmkId.xorVariableBits(userSalt(gmk, userUri));
    }

    /**
     * The GMK-ID that a receiver recovers from a GUK-ID, the inverse of {@link #gukId}.
     *
     * @throws InvalidValueException as {@link #userSalt}
     */
    public static KeyIdentifier gmkId(SecretOctets gmk, KeyIdentifier gukId, String userUri) {
        return gukId.xorVariableBits(userSalt(gmk, userUri));
    }

    /**
     * The DPCK, which protects payloads sent along with a key (clause F.1.5).
     *
     * @param dppk the key that the payloads describe, 16 octets
     * @param dppkId its identifier; for a GMK in a message the GUK-ID
     * @return 16 octets, which the caller closes
     * @throws InvalidValueException if the key has not 16 octets
     */
    public static SecretOctets dpck(SecretOctets dppk, KeyIdentifier dppkId) {
        return key(dppk, FC_DPCK, dppkId.octets());
    }

    /**
     * The confidentiality key derived from an XPK such as a CSK (clause F.1.4).
     *
     * @param xpk 16 octets
     * @param mcServiceUserId hashed exactly as given, P0
     * @param xpkId P1
     * @return 16 octets, which the caller closes
     * @throws InvalidValueException if the key has not 16 octets, or the user ID is empty, malformed or above 65535 octets
     */
    public static SecretOctets confidentialityKey(SecretOctets xpk, String mcServiceUserId, KeyIdentifier xpkId) {
        return key(xpk, FC_CONFIDENTIALITY_KEY, Octets.ofUtf8(mcServiceUserId), xpkId.octets());
    }

    /** The integrity key derived from an XPK (clause F.1.4); otherwise as {@link #confidentialityKey}. */
    public static SecretOctets integrityKey(SecretOctets xpk, String mcServiceUserId, KeyIdentifier xpkId) {
        return key(xpk, FC_INTEGRITY_KEY, Octets.ofUtf8(mcServiceUserId), xpkId.octets());
    }

    private static SecretOctets key(SecretOctets key, byte fc, Octets... parameters) {
        return SecretOctets.takeFrom(derive(key, KEY_OCTETS, fc, parameters));
    }

    /** The last {@code octets} octets of the HMAC. */
    private static byte[] derive(SecretOctets key, int octets, byte fc, Octets... parameters) {
        if (key.size() != KEY_OCTETS) {
            throw new InvalidValueException("a key to derive from has 16 octets, not " + key.size());
        }
        byte[] input = input(fc, parameters);
        byte[] full = key.use(k -> HmacSha256.of(k, input));
        try {
            return Arrays.copyOfRange(full, full.length - octets, full.length);
        } finally {
            Arrays.fill(full, (byte) 0);
        }
    }

    /** FC || P0 || L0 [|| P1 || L1]. */
    private static byte[] input(byte fc, Octets... parameters) {
        Octets input = Octets.copyOf(new byte[] {fc});
        for (Octets parameter : parameters) {
            int size = parameter.size();
            if (size == 0 || size > MAX_PARAMETER_OCTETS) {
                throw new InvalidValueException("KDF parameter has " + size + " octets, not 1 to 65535");
            }
            input = input.concat(parameter, Octets.copyOf(new byte[] {(byte) (size >>> 8), (byte) size}));
        }
        return input.toByteArray();
    }
}
