package org.mckms.protocol.xpk;

import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;

/**
 * A body whose signature was verified.
 *
 * @param contentId without angle brackets
 * @param contentType of the part; no signature covers it, the root element of the body says what it is
 * @param octets exactly what the signature covers
 * @param xpkId of the key that signed
 */
public record VerifiedBody(String contentId, String contentType, Octets octets, KeyIdentifier xpkId) {}
