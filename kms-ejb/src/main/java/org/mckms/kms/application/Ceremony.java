package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;

/** The key ceremony: makes and ends what lives on the token, under a lock of the database. Role: officer. */
@Stateless
public class Ceremony {

    /** Makes the store keys of a fresh token. */
    public void prepareToken(OperatorIdentity caller) {
        throw new UnsupportedOperationException();
    }

    /** Makes a new epoch whose masters are derived on the token; makes the store keys too if the token is fresh. */
    public EpochView createEpoch(OperatorIdentity caller, EpochOrder order) {
        throw new UnsupportedOperationException();
    }

    /** Makes a new epoch of given masters, which are not kept in clear; the caller closes both. */
    public EpochView importEpoch(
            OperatorIdentity caller, EpochOrder order, KmsSecretAuthenticationKey ksak, KmsMasterSecret zT) {
        throw new UnsupportedOperationException();
    }

    /** Ends an epoch for good. */
    public EpochView retireEpoch(OperatorIdentity caller, EpochId epoch) {
        throw new UnsupportedOperationException();
    }
}
