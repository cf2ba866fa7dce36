package org.mckms.kms.domain;

import org.mckms.mikeysakke.DegenerateScalarException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.secret.SecretScalar;

/** A key set that was computed but not checked yet; leaves this package only as {@link IssuedKeys}. */
final class KeySetCandidate implements AutoCloseable {

    private static final int MAX_ATTEMPTS = 256;

    private int attempt;
    private PublicValidationToken pvt;
    private Octets hs;
    private SecretSigningKey ssk;
    private SecretScalar inverse;
    private ReceiverSecretKey rsk;
    private boolean released;

    private KeySetCandidate() {}

    /**
     * Computes the keys of one identity; leaves no secret behind if a step fails.
     *
     * @throws RuntimeException whatever a step throws that fails on its input
     */
    static KeySetCandidate compute(ExtractionSteps steps, MasterSecrets masters, Octets identity, int issue) {
        KeySetCandidate candidate = new KeySetCandidate();
        try {
            candidate.computeSigningKey(steps, masters, identity, issue);
            candidate.inverse = steps.inverse(identity, masters.zT());
            candidate.rsk = steps.rsk(candidate.inverse);
            return candidate;
        } catch (RuntimeException | Error e) {
            candidate.close();
            throw e;
        }
    }

    private void computeSigningKey(ExtractionSteps steps, MasterSecrets masters, Octets identity, int issue) {
        for (attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            try (SecretScalar v = steps.validationScalar(masters, identity, issue, attempt)) {
                pvt = steps.pvt(v);
                hs = steps.hs(masters.kpak(), identity, pvt);
                ssk = steps.ssk(masters.ksak(), hs, v);
                return;
            } catch (DegenerateScalarException e) {
                hs = null; // v, HS or SSK is zero: RFC 6507 clause 5.1.1 takes another v
            }
        }
        throw new DegenerateScalarException("no validation scalar in " + MAX_ATTEMPTS + " attempts was usable");
    }

    /** The first attempt, from 0, whose v, HS and SSK are all non-zero. */
    int attempt() {
        return attempt;
    }

    PublicValidationToken pvt() {
        return pvt;
    }

    Octets hs() {
        return hs;
    }

    SecretSigningKey ssk() {
        return ssk;
    }

    /** k = (a + z_T)^-1 mod q, a secret of z_T's rank. */
    SecretScalar inverse() {
        return inverse;
    }

    ReceiverSecretKey rsk() {
        return rsk;
    }

    /** Hands the keys over; from now on the receiver wipes them. */
    IssuedKeys release(UserIdentifier uid) {
        IssuedKeys issued = new IssuedKeys(uid, rsk, ssk, pvt);
        released = true;
        return issued;
    }

    /** Wipes the inverse, and the keys unless they were released. */
    @Override
    public void close() {
        if (inverse != null) {
            inverse.close();
        }
        if (ssk != null && !released) {
            ssk.close();
        }
        if (rsk != null && !released) {
            rsk.close();
        }
    }
}
