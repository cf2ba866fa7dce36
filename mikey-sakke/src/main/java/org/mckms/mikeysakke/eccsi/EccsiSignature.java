package org.mckms.mikeysakke.eccsi;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * ECCSI signature {@code r || s || PVT} (RFC 6507 clause 5.2.1). Only the length is checked here; {@link EccsiVerifier} checks the rest
 * and says false to each kind of wrong signature.
 *
 * @param octets 129 octets: r (32), s (32), PVT (65)
 */
public record EccsiSignature(Octets octets) {
    /** Length of a signature. */
    public static final int OCTETS = 129;

    private static final int R_END = 32;
    private static final int S_END = 64;

    /**
     * Checks the length.
     *
     * @throws InvalidValueException if there are not 129 octets
     */
    public EccsiSignature {
        if (octets.size() != OCTETS) {
            throw new InvalidValueException("an ECCSI signature has 129 octets, not " + octets.size());
        }
    }

    static EccsiSignature of(Octets r, Octets s, PublicValidationToken pvt) {
        return new EccsiSignature(r.concat(s, pvt.octets()));
    }

    Octets r() {
        return octets.slice(0, R_END);
    }

    Octets s() {
        return octets.slice(R_END, S_END);
    }

    /** The PVT that the signature names, 65 octets; whether it is a point shows when the signature is verified. */
    public Octets pvt() {
        return octets.slice(S_END, OCTETS);
    }
}
