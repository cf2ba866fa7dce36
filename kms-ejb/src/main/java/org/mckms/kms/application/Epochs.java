package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import java.util.List;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.protocol.message.KmsCertificate;

/** Shows epochs and certificates. Any role. */
@Stateless
public class Epochs {

    /** Newest first. */
    public List<EpochView> list(OperatorIdentity caller) {
        throw new UnsupportedOperationException();
    }

    /** The root certificates of active epochs, then the external ones. */
    public List<KmsCertificate> certificates(OperatorIdentity caller) {
        throw new UnsupportedOperationException();
    }
}
