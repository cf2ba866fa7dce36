package org.mckms.protocol.xpk;

import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;

/**
 * A body whose signature was verified. What kind of body it is, its signed octets alone say: whoever decides by that goes by
 * the namespace and name of its root element, never by the header of the part.
 *
 * @param contentId without angle brackets
 * @param contentType header of the part as it came; no signature covers it, so anybody on the path may have changed it
 * @param octets exactly what the signature covers
 * @param xpkId of the key that signed
 */
public record VerifiedBody(String contentId, String contentType, Octets octets, KeyIdentifier xpkId) {}
