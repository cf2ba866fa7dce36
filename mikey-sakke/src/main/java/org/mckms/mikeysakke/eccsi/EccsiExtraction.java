package org.mckms.mikeysakke.eccsi;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mckms.mikeysakke.DegenerateScalarException;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.mikeysakke.curve.P256Generator;
import org.mckms.mikeysakke.curve.P256Point;
import org.mckms.mikeysakke.field.OrderField;
import org.mckms.mikeysakke.secret.SecretScalar;

/** The steps by which a KMS makes a user's ECCSI key (RFC 6507 clause 5.1.1). */
public final class EccsiExtraction {
    private static final OrderField ORDER = OrderField.P256;

    /** PVTs of a batch that share one inversion; more would make no difference. */
    private static final int SHARING = 128;

    private EccsiExtraction() {}

    /**
     * PVT = [v]G.
     *
     * @param v 32 octets, in 1..q-1; one v never meets two different HS, for two of them give the KSAK away
     * @throws DegenerateScalarException if v is zero
     * @throws InvalidKeyMaterialException if v has not 32 octets or is not below q
     */
    public static PublicValidationToken pvt(SecretScalar v) {
        P256Point pvt = v.use(octets -> {
            requireScalar(octets);
            return P256Generator.TABLE.multiply(octets);
        });
        try {
            pvt.normalise();
            return token(pvt);
        } finally {
            pvt.wipe();
        }
    }

    /**
     * PVT = [v]G for each v, in their order.
     *
     * @param v as in {@link #pvt}
     * @param random gives the factor from which a shared inversion starts
     * @throws DegenerateScalarException if a v is zero
     * @throws InvalidKeyMaterialException if a v has not 32 octets or is not below q
     */
    public static List<PublicValidationToken> pvts(List<SecretScalar> v, SecureRandom random) {
        List<PublicValidationToken> pvts = new ArrayList<>(v.size());
        for (int from = 0; from < v.size(); from += SHARING) {
            pvts.addAll(sharedPvts(v.subList(from, Math.min(from + SHARING, v.size())), random));
        }
        return List.copyOf(pvts);
    }

    private static List<PublicValidationToken> sharedPvts(List<SecretScalar> v, SecureRandom random) {
        byte[][] scalars = new byte[v.size()][];
        try {
            for (int i = 0; i < scalars.length; i++) {
                scalars[i] = v.get(i).use(byte[]::clone);
                requireScalar(scalars[i]);
            }
            return Arrays.stream(P256Generator.TABLE.multiplyAll(scalars, random))
                    .map(EccsiExtraction::token)
                    .toList();
        } finally {
            P256Secret.wipe(scalars);
        }
    }

    private static PublicValidationToken token(P256Point pvt) {
        return new PublicValidationToken(Octets.copyOf(pvt.encode()));
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
        return Sha256.of(P256Generator.OCTETS, kpak.octets(), identity, pvt.octets());
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
        long[] h = P256Secret.reduce(hs.toByteArray());
        if (P256Secret.isZero(h)) {
            throw new DegenerateScalarException("HS is zero modulo q");
        }
        long[] product = v.use(octets -> {
            requireScalar(octets);
            return P256Secret.decode(octets);
        });
        long[] sum = ORDER.newElement();
        try {
            ORDER.multiply(product, h, product);
            ksak.use(octets -> {
                ORDER.decode(sum, octets);
                return sum;
            });
            ORDER.add(sum, sum, product);
            if (P256Secret.isZero(sum)) {
                throw new DegenerateScalarException("SSK is zero");
            }
            return SecretSigningKey.takeFrom(P256Secret.encode(sum));
        } finally {
            Arrays.fill(product, 0);
            Arrays.fill(sum, 0);
        }
    }

    private static void requireScalar(byte[] v) {
        P256Secret.requireScalar(v, "v");
        if (P256Secret.isZero(v)) {
            throw new DegenerateScalarException("v is zero");
        }
    }
}
