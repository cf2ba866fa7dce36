package org.mckms.mikeysakke.eccsi;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.curve.P256Generator;
import org.mckms.mikeysakke.curve.P256OddMultiples;
import org.mckms.mikeysakke.curve.P256Point;
import org.mckms.mikeysakke.curve.P256PublicSum;
import org.mckms.mikeysakke.field.OrderField;

/** The check of ECCSI keys by the user who received one (RFC 6507 clause 5.1.2) or the KMS that made many. */
public final class EccsiKeyCheck {
    private static final OrderField ORDER = OrderField.P256;

    /** Keys checked by one sum; more would make no difference. */
    private static final int SHARING = 128;

    /** An invalid key passes by chance with probability 2^-128. */
    private static final int WEIGHT_OCTETS = 16;

    private static final int PVT_MULTIPLES = 4;
    private static final int KPAK_MULTIPLES = 32;

    private EccsiKeyCheck() {}

    /**
     * Whether [SSK]G == [HS]PVT + KPAK, so that signatures made with the key verify.
     *
     * @param identity the octets that the KMS hashed into HS, 1 or more
     * @throws InvalidValueException if the identity is empty
     */
    public static boolean isValid(
            Octets identity, SecretSigningKey ssk, PublicValidationToken pvt, KmsPublicAuthenticationKey kpak) {
        Octets hs = EccsiExtraction.hs(kpak, identity, pvt);
        P256Point y = EccsiVerifier.verificationKey(hs, pvt, kpak);
        P256Point actual = ssk.use(P256Generator.TABLE::multiply);
        try {
            return actual.isEqualTo(y);
        } finally {
            actual.wipe();
        }
    }

    /**
     * Whether all of many keys are valid, about five times as fast as one by one.
     *
     * <p>Each equation is divided by its HS and multiplied by a random weight t, and all are added: the sum of t SSK / HS times G is to
     * be the sum of [t]PVT and that of t / HS times KPAK (M. Bellare, J. Garay, T. Rabin, "Fast batch verification for modular
     * exponentiation and digital signatures", 1998). As HS is divided out, t is all that a PVT is multiplied by.
     *
     * @param identities those of the keys, in their order
     * @param ssks in the order of the identities
     * @param pvts in the order of the identities
     * @param random draws the weights
     * @return false if at least one key is not valid; which one is not told
     * @throws InvalidValueException if an identity is empty
     * @throws IllegalArgumentException if the lists are not of one size
     */
    public static boolean areValid(
            List<Octets> identities,
            List<SecretSigningKey> ssks,
            List<PublicValidationToken> pvts,
            KmsPublicAuthenticationKey kpak,
            SecureRandom random) {
        int keys = identities.size();
        if (ssks.size() != keys || pvts.size() != keys) {
            throw new IllegalArgumentException(
                    keys + " identities, " + ssks.size() + " SSKs and " + pvts.size() + " PVTs");
        }
        boolean valid = true;
        for (int from = 0; from < keys; from += SHARING) {
            int to = Math.min(from + SHARING, keys);
            Weighing weighing = new Weighing(kpak, random);
            valid &= weighing.isBalanced(identities.subList(from, to), ssks.subList(from, to), pvts.subList(from, to));
        }
        return valid;
    }

    /** One sum over the equations of some keys. */
    private static final class Weighing {
        private final KmsPublicAuthenticationKey kpak;
        private final SecureRandom random;
        private final P256PublicSum expected = new P256PublicSum();
        private final long[] ofKpak = ORDER.newElement();
        private final long[] ofGenerator = ORDER.newElement();

        Weighing(KmsPublicAuthenticationKey kpak, SecureRandom random) {
            this.kpak = kpak;
            this.random = random;
        }

        boolean isBalanced(List<Octets> identities, List<SecretSigningKey> ssks, List<PublicValidationToken> pvts) {
            long[][] inverses = new long[pvts.size()][];
            for (int i = 0; i < inverses.length; i++) {
                Octets hs = EccsiExtraction.hs(kpak, identities.get(i), pvts.get(i));
                inverses[i] = P256Secret.reduce(hs.toByteArray());
            }
            ORDER.invertAll(inverses, random);
            try {
                for (int i = 0; i < inverses.length; i++) {
                    if (P256Secret.isZero(inverses[i])) {
                        return false;
                    }
                    add(inverses[i], ssks.get(i), pvts.get(i));
                }
                expected.add(P256OddMultiples.of(kpak.point(), KPAK_MULTIPLES), P256Secret.encode(ofKpak));
                return isExpected();
            } finally {
                Arrays.fill(ofGenerator, 0);
            }
        }

        private void add(long[] inverseOfHs, SecretSigningKey ssk, PublicValidationToken pvt) {
            byte[] weight = new byte[WEIGHT_OCTETS];
            random.nextBytes(weight);
            expected.add(P256OddMultiples.of(pvt.point(), PVT_MULTIPLES), weight);
            long[] factor = P256Secret.decode(weight);
            ORDER.multiply(factor, factor, inverseOfHs);
            ORDER.add(ofKpak, ofKpak, factor);
            long[] secret = ssk.use(P256Secret::decode);
            try {
                ORDER.multiply(secret, secret, factor);
                ORDER.add(ofGenerator, ofGenerator, secret);
            } finally {
                Arrays.fill(secret, 0);
            }
        }

        private boolean isExpected() {
            P256Point sum = expected.value();
            sum.normalise();
            byte[] k = P256Secret.encode(ofGenerator);
            P256Point actual = P256Generator.TABLE.multiply(k);
            try {
                return actual.isEqualTo(sum);
            } finally {
                Arrays.fill(k, (byte) 0);
                actual.wipe();
            }
        }
    }
}
