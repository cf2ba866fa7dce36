package org.mckms.mikeysakke.eccsi;

import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.reference.Point;
import org.mckms.mikeysakke.reference.Scalar;

/** Verifies ECCSI signatures of the users of one KMS (RFC 6507 clause 5.2.2). Thread safe. */
public final class EccsiVerifier {
    private final KmsPublicAuthenticationKey kpak;

    /** A verifier for the signatures of the users of the KMS with this public key. */
    public EccsiVerifier(KmsPublicAuthenticationKey kpak) {
        this.kpak = kpak;
    }

    /**
     * Whether the signature was made over the message by the identity. It is false as well for a PVT off the curve and for r or s out
     * of 1..q-1, a range that RFC 6507 leaves open.
     *
     * @param identity the octets that the KMS hashed into HS, 1 or more
     * @throws InvalidValueException if the identity is empty
     */
    public boolean verify(Octets identity, byte[] message, EccsiSignature signature) {
        PublicValidationToken pvt;
        try {
            pvt = new PublicValidationToken(signature.pvt());
        } catch (InvalidKeyMaterialException e) {
            return false;
        }
        Octets r = signature.r();
        Octets s = signature.s();
        if (!EccsiSigner.isInRange(r.toByteArray()) || !EccsiSigner.isInRange(s.toByteArray())) {
            return false;
        }
        Octets hs = EccsiExtraction.hs(kpak, identity, pvt);
        Scalar he = Curve.P256.scalarModOrder(EccsiSigner.he(hs, r, message).toByteArray());
        Scalar sScalar = Curve.P256.scalar(s.toByteArray());
        Scalar rScalar = Curve.P256.scalar(r.toByteArray());
        // J = [s]([HE]G + [r]Y)
        Point j = Curve.P256
                .multiplyGenerator(sScalar.times(he))
                .plus(verificationKey(hs, pvt).multiply(sScalar.times(rScalar)));
        return !j.isInfinity()
                && Octets.copyOf(j.encode()).slice(1, 1 + r.size()).equals(r);
    }

    /** Y = [HS]PVT + KPAK. */
    Point verificationKey(Octets hs, PublicValidationToken pvt) {
        Scalar h = Curve.P256.scalarModOrder(hs.toByteArray());
        return pvt.point().multiply(h).plus(kpak.point());
    }
}
