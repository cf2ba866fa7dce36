package org.mckms.mikeysakke.mikey;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * Entry of an SRTP-ID map (RFC 3830 clause 6.1.1), which older senders use in place of GENERIC-ID; its CS ID is its place, from 1.
 *
 * @param policy 0..255
 * @param ssrc 4 octets
 * @param roc 4 octets
 */
public record SrtpSession(int policy, Octets ssrc, Octets roc) {
    static final int WORD_OCTETS = 4;

    /**
     * Checks the ranges.
     *
     * @throws InvalidValueException if a number or length is out of range
     */
    public SrtpSession {
        if (policy < 0 || policy > 0xFF || ssrc.size() != WORD_OCTETS || roc.size() != WORD_OCTETS) {
            throw new InvalidValueException("an entry of an SRTP-ID map has a policy number and two words of 4 octets");
        }
    }
}
