package org.mckms.mikeysakke.eccsi;

import java.util.Optional;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.curve.P256FixedBaseTable;
import org.mckms.mikeysakke.curve.P256Generator;
import org.mckms.mikeysakke.curve.P256OddMultiples;
import org.mckms.mikeysakke.curve.P256Point;
import org.mckms.mikeysakke.curve.P256PublicSum;
import org.mckms.mikeysakke.field.OrderField;

/**
 * Verifies ECCSI signatures of the users of one KMS (RFC 6507 clause 5.2.2). Thread safe.
 *
 * <p>It remembers the signers whose signatures it has verified lately, and makes a table for those that come back, which verifies about
 * three times as fast. All of that is public.
 */
public final class EccsiVerifier {
    /** Signers remembered unless another number is asked for; 90 kB for each that has a table. */
    public static final int KNOWN_SIGNERS = 32;

    private static final OrderField ORDER = OrderField.P256;
    private static final int KPAK_MULTIPLES = 32;
    private static final int PVT_MULTIPLES = 8;

    private final KmsPublicAuthenticationKey kpak;
    private final P256OddMultiples kpakMultiples;
    private final KnownSigners knownSigners;

    /** A verifier for the signatures of the users of the KMS with this public key. */
    public EccsiVerifier(KmsPublicAuthenticationKey kpak) {
        this(kpak, KNOWN_SIGNERS);
    }

    /**
     * A verifier for the signatures of the users of the KMS with this public key.
     *
     * @param knownSigners how many signers it remembers at most; 0 for a verifier without memory
     */
    public EccsiVerifier(KmsPublicAuthenticationKey kpak, int knownSigners) {
        this.kpak = kpak;
        this.kpakMultiples = P256OddMultiples.of(kpak.point(), KPAK_MULTIPLES);
        this.knownSigners = new KnownSigners(knownSigners);
    }

    /**
     * Whether the signature was made over the message by the identity. It is false as well for a PVT off the curve and for r or s out
     * of 1..q-1, a range that RFC 6507 leaves open.
     *
     * <p>Only x of J is compared (RFC 6507 clause 5.2.2), so with (r, s) also (r, q - s) verifies: the octets of a signature are no name of
     * the message by which a replay could be known.
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
        byte[] r = signature.r().toByteArray();
        byte[] s = signature.s().toByteArray();
        if (!P256Secret.isInRange(r) || !P256Secret.isInRange(s)) {
            return false;
        }
        Octets hs = EccsiExtraction.hs(kpak, identity, pvt);
        Octets he = EccsiSigner.he(hs, signature.r(), message);
        // s HE and s r
        long[] ofGenerator = P256Secret.reduce(he.toByteArray());
        long[] ofY = P256Secret.decode(r);
        long[] sElement = P256Secret.decode(s);
        ORDER.multiply(ofGenerator, ofGenerator, sElement);
        ORDER.multiply(ofY, ofY, sElement);
        Optional<P256FixedBaseTable> table = knownSigners.table(hs);
        P256Point j = table.isPresent()
                ? ephemeral(ofGenerator, ofY, table.get())
                : ephemeral(ofGenerator, ofY, P256Secret.reduce(hs.toByteArray()), pvt);
        boolean verified = j.hasX(r);
        if (verified && table.isEmpty()) {
            knownSigners.remember(hs, () -> verificationKey(hs, pvt));
        }
        return verified;
    }

    /** J = [s HE]G + [s r]Y. */
    private static P256Point ephemeral(long[] ofGenerator, long[] ofY, P256FixedBaseTable y) {
        return new P256PublicSum()
                .add(P256Generator.TABLE, P256Secret.encode(ofGenerator))
                .add(y, P256Secret.encode(ofY))
                .value();
    }

    /** J = [s HE]G + [s r]KPAK + [s r HS]PVT, which is the same without the calculation of Y. */
    private P256Point ephemeral(long[] ofGenerator, long[] ofY, long[] hs, PublicValidationToken pvt) {
        ORDER.multiply(hs, hs, ofY);
        return new P256PublicSum()
                .add(P256Generator.MULTIPLES, P256Secret.encode(ofGenerator))
                .add(kpakMultiples, P256Secret.encode(ofY))
                .add(P256OddMultiples.of(pvt.point(), PVT_MULTIPLES), P256Secret.encode(hs))
                .value();
    }

    /** Y = [HS]PVT + KPAK, with Z = 1 unless it is at infinity. */
    P256Point verificationKey(Octets hs, PublicValidationToken pvt) {
        return verificationKey(hs, pvt, kpak);
    }

    /** Y = [HS]PVT + KPAK, with Z = 1 unless it is at infinity. */
    static P256Point verificationKey(Octets hs, PublicValidationToken pvt, KmsPublicAuthenticationKey kpak) {
        P256Point y = new P256PublicSum()
                .add(
                        P256OddMultiples.of(pvt.point(), PVT_MULTIPLES),
                        P256Secret.encode(P256Secret.reduce(hs.toByteArray())))
                .value();
        y.addComplete(kpak.point());
        y.normalise();
        return y;
    }
}
