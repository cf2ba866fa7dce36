package org.mckms.mikeysakke.eccsi;

import org.mckms.mikeysakke.DegenerateScalarException;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.reference.Scalar;
import org.mckms.mikeysakke.secret.SecretScalar;

/** The steps by which a KMS makes a user's ECCSI key (RFC 6507 clause 5.1.1). */
public final class EccsiExtraction {
    private static final Octets G = Octets.copyOf(Curve.P256.generator().encode());

    private EccsiExtraction() {}

    /**
     * PVT = [v]G.
     *
     * @param v 32 octets, in 1..q-1; one v never meets two different HS, for two of them give the KSAK away
     * @throws DegenerateScalarException if v is zero
     * @throws InvalidKeyMaterialException if v has not 32 octets or is not below q
     */
    public static PublicValidationToken pvt(SecretScalar v) {
        byte[] pvt = Curve.P256.multiplyGenerator(scalar(v)).encode();
        return new PublicValidationToken(Octets.copyOf(pvt));
    }

    /**
     * HS = SHA-256(G || KPAK || identity || PVT), 32 octets, not reduced modulo q.
     *
     * @param identity 1 octet or more, hashed as it is
     * @throws InvalidValueException if the identity is empty
     */
    public static Octets hs(KmsPublicAuthenticationKey kpak, Octets identity, PublicValidationToken pvt) {
        if (identity.size() == 0) {
            throw new InvalidValueException("identity is empty");
        }
        return Sha256.of(G, kpak.octets(), identity, pvt.octets());
    }

    /**
     * SSK = (KSAK + HS * v) mod q.
     *
     * @param hs 32 octets
     * @param v the scalar of the PVT in HS
     * @throws DegenerateScalarException if v, HS mod q or SSK is zero: take another v
     * @throws InvalidKeyMaterialException if v has not 32 octets or is not below q
     * @throws InvalidValueException if HS has not 32 octets
     */
    public static SecretSigningKey ssk(KmsSecretAuthenticationKey ksak, Octets hs, SecretScalar v) {
        if (hs.size() != Sha256.OCTETS) {
            throw new InvalidValueException("HS has 32 octets, not " + hs.size());
        }
        Scalar h = Curve.P256.scalarModOrder(hs.toByteArray());
        if (h.isZero()) {
            throw new DegenerateScalarException("HS is zero modulo q");
        }
        Scalar ssk = ksak.scalar().plus(h.times(scalar(v)));
        if (ssk.isZero()) {
            throw new DegenerateScalarException("SSK is zero");
        }
        return SecretSigningKey.takeFrom(ssk.encode());
    }

    private static Scalar scalar(SecretScalar v) {
        if (v.size() != P256Secret.OCTETS) {
            throw new InvalidKeyMaterialException("v has 32 octets, not " + v.size());
        }
        Scalar scalar = v.use(Curve.P256::scalar);
        if (scalar.isZero()) {
            throw new DegenerateScalarException("v is zero");
        }
        return scalar;
    }
}
