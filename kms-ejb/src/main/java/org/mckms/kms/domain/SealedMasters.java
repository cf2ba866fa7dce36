package org.mckms.kms.domain;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * KSAK and z_T of an imported epoch, encrypted on the token by AES-256-GCM under {@code kms.store.master.<epoch>}.
 * Safe to store; useless without the token and for any other epoch or KMS URI.
 *
 * @param iv         12 random octets
 * @param ciphertext 176 octets: KSAK (32) and z_T (128) encrypted, then the tag (16)
 */
public record SealedMasters(Octets iv, Octets ciphertext) {

    public static final int IV_OCTETS = 12;
    public static final int CIPHERTEXT_OCTETS = 32 + 128 + 16;

    public SealedMasters {
        if (iv.size() != IV_OCTETS) {
            throw new InvalidValueException("IV of sealed masters has " + iv.size() + " octets, not " + IV_OCTETS);
        }
        if (ciphertext.size() != CIPHERTEXT_OCTETS) {
            throw new InvalidValueException(
                    "sealed masters have " + ciphertext.size() + " octets, not " + CIPHERTEXT_OCTETS);
        }
    }
}
