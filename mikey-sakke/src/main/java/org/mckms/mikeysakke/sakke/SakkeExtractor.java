package org.mckms.mikeysakke.sakke;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mckms.mikeysakke.DegenerateScalarException;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.field.OrderField;
import org.mckms.mikeysakke.secret.SecretScalar;

/**
 * The steps by which a KMS makes its users' SAKKE keys (RFC 6508 clause 6.1.1), for many users together: they share inversions, and a
 * vector core works on several at once. A single user is a list of one. Thread safe if {@code random} is.
 *
 * <p>Results are in the order of the arguments. When one user fails, what was made for the others is closed.
 */
public final class SakkeExtractor {
    private static final OrderField ORDER = OrderField.SAKKE;

    /** Users whose points are in memory at once, many enough for the cost of their inversion to vanish. */
    private static final int BATCH = 256;

    private final SakkeCore core;
    private final SecureRandom random;

    /** @param random of the factors that inversions start from and of the weights of checks */
    public SakkeExtractor(SakkeCore core, SecureRandom random) {
        this.core = core;
        this.random = random;
    }

    /**
     * k = (a + z_T)^-1 mod q for each identity a, of z_T's rank: each of them gives z_T away.
     *
     * @return of 128 octets each; the caller closes them
     * @throws DegenerateScalarException if a + z_T is zero modulo q for an identity
     * @throws InvalidValueException if an identity is empty or not below q
     */
    public List<SecretScalar> inverses(List<Octets> identities, KmsMasterSecret z) {
        long[][] elements = new long[identities.size()][0];
        try {
            for (int i = 0; i < elements.length; i++) {
                elements[i] = SakkeExtraction.sum(identities.get(i), z);
            }
            ORDER.invertAll(elements, random);
            return Arrays.stream(elements).map(SakkeExtraction::scalar).toList();
        } finally {
            wipe(elements);
        }
    }

    /**
     * RSK = [k]P for each k.
     *
     * @param k the results of {@link #inverses}
     * @return the keys, which the caller closes
     * @throws DegenerateScalarException if a k is zero
     * @throws InvalidKeyMaterialException if a k is not below q
     */
    public List<ReceiverSecretKey> rsks(List<SecretScalar> k) {
        return rsks(core, k);
    }

    static List<ReceiverSecretKey> rsks(SakkeCore core, List<SecretScalar> k) {
        List<ReceiverSecretKey> keys = new ArrayList<>(k.size());
        try {
            for (int from = 0; from < k.size(); from += BATCH) {
                keys.addAll(batch(core, k.subList(from, Math.min(from + BATCH, k.size()))));
            }
        } catch (RuntimeException e) {
            keys.forEach(ReceiverSecretKey::close);
            throw e;
        }
        return List.copyOf(keys);
    }

    private static List<ReceiverSecretKey> batch(SakkeCore core, List<SecretScalar> k) {
        byte[][] scalars = new byte[k.size()][ORDER.octets()];
        try {
            for (int i = 0; i < scalars.length; i++) {
                byte[] scalar = scalars[i];
                k.get(i).use(octets -> copy(scalar, octets));
            }
            return Arrays.stream(core.multiplyGenerator(scalars))
                    .map(ReceiverSecretKey::ofMultiple)
                    .toList();
        } finally {
            for (byte[] scalar : scalars) {
                Arrays.fill(scalar, (byte) 0);
            }
        }
    }

    /** scalar = the octets in full width, checked to be in 1..q-1; what is returned says nothing. */
    private static boolean copy(byte[] scalar, byte[] octets) {
        if (!ORDER.isBelow(octets)) {
            throw new InvalidKeyMaterialException("k is not below the group order");
        }
        long[] element = ORDER.newElement();
        try {
            ORDER.reduce(element, octets);
            if (ORDER.isZero(element) != 0) {
                throw new DegenerateScalarException("k is zero");
            }
            ORDER.encode(scalar, element);
            return true;
        } finally {
            Arrays.fill(element, 0);
        }
    }

    /**
     * The RSK of each identity.
     *
     * @return the keys, which the caller closes
     * @throws DegenerateScalarException if a + z_T is zero modulo q for an identity
     * @throws InvalidValueException if an identity is empty or not below q
     */
    public List<ReceiverSecretKey> extract(List<Octets> identities, KmsMasterSecret z) {
        List<SecretScalar> k = inverses(identities, z);
        try {
            return rsks(k);
        } finally {
            k.forEach(SecretScalar::close);
        }
    }

    /**
     * Whether each k and RSK fit the identity of the same index and the master secret, by one weighted sum of all keys: a check of the
     * computation for a small part of its cost, by the scalar core whatever core made the keys. If it fails, call it for each user alone to find the faulty ones.
     *
     * <p>Of one faulty RSK it misses none whose error has order 2 or 4, and one in 32,767 others; see {@link ExtractionCheck} for several.
     *
     * @throws InvalidValueException if an identity is empty or not below q
     */
    public boolean areConsistent(
            List<Octets> identities, KmsMasterSecret z, List<SecretScalar> inverses, List<ReceiverSecretKey> rsks) {
        return new ExtractionCheck(random).accepts(identities, z, inverses, rsks);
    }

    private static void wipe(long[][] elements) {
        for (long[] element : elements) {
            Arrays.fill(element, 0);
        }
    }
}
