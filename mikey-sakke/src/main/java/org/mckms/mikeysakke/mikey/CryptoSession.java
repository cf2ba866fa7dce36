package org.mckms.mikeysakke.mikey;

import java.util.List;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * Entry of a GENERIC-ID map (RFC 6043 clause 6.1.1) with protocol SRTP.
 *
 * @param csId 0..255, see {@link CryptoSessionId}
 * @param withSessionData the S bit: session data is SSRC, ROC and SEQ of SRTP streams
 * @param policies numbers of the security policies, 0..255 each, up to 127
 * @param sessionData up to 65535 octets
 * @param spi up to 255 octets: GMK-ID and GUK-ID for a diversified key, else the key identifier
 */
public record CryptoSession(int csId, boolean withSessionData, List<Integer> policies, Octets sessionData, Octets spi) {
    private static final int MAX_POLICIES = 0x7F;

    /**
     * Checks the ranges.
     *
     * @throws InvalidValueException if a number or length is out of range
     */
    public CryptoSession {
        policies = List.copyOf(policies);
        require(csId, 0xFF, "CS ID");
        policies.forEach(policy -> require(policy, 0xFF, "policy number"));
        require(policies.size(), MAX_POLICIES, "number of policies");
        require(sessionData.size(), 0xFFFF, "length of session data");
        require(spi.size(), 0xFF, "length of an SPI");
    }

    /** A session under the policy of the message, without session data. */
    static CryptoSession of(CryptoSessionId id, Octets spi) {
        return new CryptoSession(id.csId(), false, List.of(SecurityPolicy.NUMBER), Octets.copyOf(new byte[0]), spi);
    }

    private static void require(int value, int most, String name) {
        if (value < 0 || value > most) {
            throw new InvalidValueException(name + " is " + value + ", not 0 to " + most);
        }
    }
}
