package org.mckms.mikeysakke.eccsi;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.reference.Scalar;

/**
 * Signs with one ECCSI key (RFC 6507 clause 5.2.1). It keeps no state between signatures, so several threads may sign at once.
 *
 * <p>The key is not checked against the KPAK here; its user did so with {@link EccsiKeyCheck} on receipt.
 */
public final class EccsiSigner {
    private final SecretSigningKey ssk;
    private final PublicValidationToken pvt;
    private final Octets hs;
    private final SecureRandom random;

    /**
     * A signer for one identity and key.
     *
     * @param identity the octets that the KMS hashed into HS, 1 or more
     * @param ssk used while signing; the caller closes it after the last signature
     * @param random source of the ephemeral scalar j
     * @throws InvalidValueException if the identity is empty
     */
    public EccsiSigner(
            Octets identity,
            SecretSigningKey ssk,
            PublicValidationToken pvt,
            KmsPublicAuthenticationKey kpak,
            SecureRandom random) {
        this.ssk = ssk;
        this.pvt = pvt;
        this.hs = EccsiExtraction.hs(kpak, identity, pvt);
        this.random = random;
    }

    /**
     * Signs a message of any length.
     *
     * @throws IllegalStateException if the SSK is closed
     */
    public EccsiSignature sign(byte[] message) {
        byte[] j = new byte[P256Secret.OCTETS];
        try {
            Optional<EccsiSignature> signature = Optional.empty();
            while (signature.isEmpty()) {
                random.nextBytes(j);
                signature = signWith(j, message);
            }
            return signature.get();
        } finally {
            Arrays.fill(j, (byte) 0);
        }
    }

    /**
     * Signs with a given ephemeral scalar; empty if another one has to be taken, because j is not in 1..q-1, HE + r * SSK is zero, or r
     * is not in 1..q-1. RFC 6507 lets the last case pass; we do not, since our verifier insists on that range.
     */
    Optional<EccsiSignature> signWith(byte[] j, byte[] message) {
        if (!isInRange(j)) {
            return Optional.empty();
        }
        Scalar ephemeral = Curve.P256.scalar(j);
        Octets r = xCoordinate(ephemeral);
        if (!isInRange(r.toByteArray())) {
            return Optional.empty();
        }
        Scalar he = Curve.P256.scalarModOrder(he(hs, r, message).toByteArray());
        Scalar denominator = he.plus(Curve.P256.scalar(r.toByteArray()).times(ssk.scalar()));
        if (denominator.isZero()) {
            return Optional.empty();
        }
        Octets s = Octets.copyOf(denominator.inverse().times(ephemeral).encode());
        return Optional.of(EccsiSignature.of(r, s, pvt));
    }

    /** r, the x coordinate of J = [j]G in 32 octets. */
    private static Octets xCoordinate(Scalar j) {
        return Octets.copyOf(Curve.P256.multiplyGenerator(j).encode()).slice(1, 1 + P256Secret.OCTETS);
    }

    /** Whether big-endian octets are in 1..q-1. */
    static boolean isInRange(byte[] octets) {
        return Curve.P256.isScalar(octets) && !Curve.P256.scalar(octets).isZero();
    }

    /** HE = SHA-256(HS || r || M), 32 octets. */
    static Octets he(Octets hs, Octets r, byte[] message) {
        return Sha256.of(hs, r, Octets.copyOf(message));
    }
}
