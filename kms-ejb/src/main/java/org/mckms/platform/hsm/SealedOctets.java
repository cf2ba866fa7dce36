package org.mckms.platform.hsm;

import org.mckms.mikeysakke.Octets;

/**
 * Octets encrypted on the token by AES-256-GCM.
 *
 * @param iv         12 random octets
 * @param ciphertext as long as the clear octets, and 16 octets of tag
 */
public record SealedOctets(Octets iv, Octets ciphertext) {}
