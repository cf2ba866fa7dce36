package org.mckms.kms.domain;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * TrK and InK of one device, encrypted on the token by AES-256-GCM. Safe to store; useless without the token and in any
 * other row.
 *
 * @param iv         12 random octets
 * @param ciphertext 32 octets for each key, then the tag (16)
 */
public record SealedClientKeys(Octets iv, Octets ciphertext) {

    static final int KEY_OCTETS = 32;
    private static final int IV_OCTETS = 12;
    private static final int TAG_OCTETS = 16;

    public SealedClientKeys {
        if (iv.size() != IV_OCTETS) {
            throw new InvalidValueException("IV of sealed client keys has " + iv.size() + " octets");
        }
        int keys = ciphertext.size() - TAG_OCTETS;
        if (keys < 0 || keys % KEY_OCTETS != 0) {
            throw new InvalidValueException("sealed client keys have " + ciphertext.size() + " octets");
        }
    }
}
