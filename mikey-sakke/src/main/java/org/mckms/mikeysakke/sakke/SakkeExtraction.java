package org.mckms.mikeysakke.sakke;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mckms.mikeysakke.DegenerateScalarException;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.field.OrderField;
import org.mckms.mikeysakke.secret.SecretScalar;

/**
 * The steps by which a KMS makes a user's SAKKE key (RFC 6508 clause 6.1.1), and a check of their result, one user at a time in plain
 * Java; {@link SakkeExtractor} has them for many users and for a core of choice.
 */
public final class SakkeExtraction {
    private static final OrderField ORDER = OrderField.SAKKE;

    private SakkeExtraction() {}

    /**
     * k = (a + z_T)^-1 mod q, of z_T's rank: it gives z_T away.
     *
     * @param identity a, as big-endian integer below q
     * @return 128 octets; the caller closes it
     * @throws DegenerateScalarException if a + z_T is zero modulo q
     * @throws InvalidValueException if the identity is empty or not below q
     */
    public static SecretScalar inverse(Octets identity, KmsMasterSecret z) {
        long[] element = sum(identity, z);
        try {
            ORDER.invert(element, element);
            return scalar(element);
        } finally {
            Arrays.fill(element, 0);
        }
    }

    /** a + z_T as an element of {@link OrderField#SAKKE} other than zero, which the caller wipes. */
    static long[] sum(Octets identity, KmsMasterSecret z) {
        long[] a = SakkeIdentity.element(identity);
        long[] element = z.element();
        ORDER.add(element, element, a);
        if (ORDER.isZero(element) != 0) {
            throw new DegenerateScalarException("a + z_T is zero");
        }
        return element;
    }

    static SecretScalar scalar(long[] element) {
        byte[] octets = new byte[ORDER.octets()];
        ORDER.encode(octets, element);
        return SecretScalar.takeFrom(octets);
    }

    /**
     * RSK = [k]P.
     *
     * @param k the result of {@link #inverse}, not zero
     * @return the key, which the caller closes
     * @throws DegenerateScalarException if k is zero
     * @throws InvalidKeyMaterialException if k is not below q
     */
    public static ReceiverSecretKey rsk(SecretScalar k) {
        return SakkeExtractor.rsks(new ScalarSakkeCore(), List.of(k)).get(0);
    }

    /**
     * Whether k and RSK fit the identity and the master secret: k * (a + z_T) = 1 mod q, RSK on the curve, and
     * [c * k mod q]P == [c]RSK for a random odd c of 16 bits other than 1. It finds faults of the computation at a small part of the cost of the
     * pairing in {@link SakkeKeyCheck}; c is odd so that no point of order 2 or 4 hides in RSK.
     *
     * @param random source of c
     * @throws InvalidValueException if the identity is empty or not below q
     */
    public static boolean isConsistent(
            Octets identity, KmsMasterSecret z, SecretScalar k, ReceiverSecretKey rsk, SecureRandom random) {
        return new ExtractionCheck(random).accepts(List.of(identity), z, List.of(k), List.of(rsk));
    }

    /**
     * The RSK of one identity.
     *
     * @return the key, which the caller closes
     * @throws DegenerateScalarException if a + z_T is zero modulo q
     * @throws InvalidValueException if the identity is empty or not below q
     */
    public static ReceiverSecretKey extract(Octets identity, KmsMasterSecret z) {
        try (SecretScalar k = inverse(identity, z)) {
            return rsk(k);
        }
    }

    /**
     * The RSKs of identities, in their order. When one fails, the keys made so far are closed.
     *
     * @return the keys, which the caller closes
     * @throws DegenerateScalarException if a + z_T is zero modulo q for an identity
     * @throws InvalidValueException if an identity is empty or not below q
     */
    public static List<ReceiverSecretKey> extractAll(List<Octets> identities, KmsMasterSecret z) {
        List<ReceiverSecretKey> keys = new ArrayList<>(identities.size());
        try {
            for (Octets identity : identities) {
                keys.add(extract(identity, z));
            }
        } catch (RuntimeException e) {
            keys.forEach(ReceiverSecretKey::close);
            throw e;
        }
        return List.copyOf(keys);
    }
}
