package org.mckms.mikeysakke.eccsi;

import java.util.Optional;

/** Signs with a published ephemeral scalar, which the public API does not allow. */
public final class GivenScalarSigner {
    private GivenScalarSigner() {}

    /** Empty if the scalar is not usable. */
    public static Optional<EccsiSignature> sign(EccsiSigner signer, byte[] j, byte[] message) {
        return signer.signWith(j, message);
    }
}
