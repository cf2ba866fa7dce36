package org.mckms.kms.domain;

import org.mckms.mikeysakke.DegenerateScalarException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.secret.SecretScalar;

/** One key set of a {@link KeySetBatch}, step by step; leaves this package only as {@link IssuedKeys}. */
final class KeySetCandidate implements AutoCloseable {

    private final Octets identity;
    private final int issue;

    private int attempt;
    private SecretScalar v;
    private PublicValidationToken pvt;
    private Octets hs;
    private SecretSigningKey ssk;
    private SecretScalar inverse;
    private ReceiverSecretKey rsk;
    private boolean released;

    KeySetCandidate(Octets identity, int issue) {
        this.identity = identity;
        this.issue = issue;
    }

    /** @return whether there is a v: RFC 6507 clause 5.1.1 takes another one if it is zero */
    boolean deriveV(ExtractionSteps steps, MasterSecrets masters, int newAttempt) {
        attempt = newAttempt;
        try {
            v = steps.validationScalar(masters, identity, issue, attempt);
            return true;
        } catch (DegenerateScalarException e) {
            return false;
        }
    }

    /** @return whether there is an SSK: RFC 6507 clause 5.1.1 takes another v if HS or SSK is zero */
    boolean computeSsk(ExtractionSteps steps, MasterSecrets masters, PublicValidationToken token) {
        pvt = token;
        try {
            hs = steps.hs(masters.kpak(), identity, pvt);
            ssk = steps.ssk(masters.ksak(), hs, v);
            return true;
        } catch (DegenerateScalarException e) {
            return false;
        }
    }

    void wipeV() {
        if (v != null) {
            v.close();
        }
    }

    /** Takes over k. */
    void setInverse(SecretScalar k) {
        inverse = k;
    }

    /** Takes over the key. */
    void setRsk(ReceiverSecretKey key) {
        rsk = key;
    }

    /** The octets that the keys were computed from. */
    Octets identity() {
        return identity;
    }

    /** v, until it is wiped. */
    SecretScalar v() {
        return v;
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

    /** Wipes v and the inverse, and the keys unless they were released. */
    @Override
    public void close() {
        wipeV();
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
