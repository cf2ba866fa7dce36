package org.mckms.mikeysakke.eccsi;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.HmacSha256;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.mikeysakke.curve.P256Generator;
import org.mckms.mikeysakke.curve.P256Point;
import org.mckms.mikeysakke.field.OrderField;

/**
 * Signs with one ECCSI key (RFC 6507 clause 5.2.1). It keeps no state between signatures, so several threads may sign at once.
 *
 * <p>The key is not checked against the KPAK here; its user did so with {@link EccsiKeyCheck} on receipt.
 */
public final class EccsiSigner {
    private static final OrderField ORDER = OrderField.P256;

    /** Signatures of a batch that share inversions; more would make no difference. */
    private static final int SHARING = 128;

    private final SecretSigningKey ssk;
    private final PublicValidationToken pvt;
    private final Octets hs;
    private final SecureRandom random;

    /**
     * A signer for one identity and key.
     *
     * @param identity the octets that the KMS hashed into HS, 1 or more
     * @param ssk used while signing; the caller closes it after the last signature
     * @param random source of what is fresh in the ephemeral scalar j
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
        return signAll(List.of(message)).get(0);
    }

    /**
     * Signs each message, in their order; faster for many than one by one.
     *
     * @throws IllegalStateException if the SSK is closed
     */
    public List<EccsiSignature> signAll(List<byte[]> messages) {
        List<EccsiSignature> signatures = new ArrayList<>(messages.size());
        for (int from = 0; from < messages.size(); from += SHARING) {
            List<byte[]> sharing = messages.subList(from, Math.min(from + SHARING, messages.size()));
            byte[][] j = new byte[sharing.size()][P256Secret.OCTETS];
            try {
                drawScalars(j, sharing);
                List<Optional<EccsiSignature>> attempts = signWith(j, sharing);
                for (int i = 0; i < attempts.size(); i++) {
                    byte[] message = sharing.get(i);
                    signatures.add(attempts.get(i).orElseGet(() -> sign(message)));
                }
            } finally {
                P256Secret.wipe(j);
            }
        }
        return List.copyOf(signatures);
    }

    /**
     * j = HMAC-SHA-256(SSK, HS || 32 random octets || attempt || message) until it is in 1..q-1. RFC 6507 asks for random octets alone;
     * with the SSK and all that enters HE besides r, a source that repeats itself does not repeat j for another HE, which would give
     * the SSK away.
     */
    private void drawScalars(byte[][] scalars, List<byte[]> messages) {
        byte[] fresh = new byte[P256Secret.OCTETS];
        byte[] attempt = new byte[1];
        try {
            for (int i = 0; i < scalars.length; i++) {
                byte[] message = messages.get(i);
                do {
                    random.nextBytes(fresh);
                    attempt[0]++;
                    Arrays.fill(scalars[i], (byte) 0);
                    scalars[i] = ssk.use(key -> HmacSha256.of(key, hs.toByteArray(), fresh, attempt, message));
                } while (!P256Secret.isInRange(scalars[i]));
            }
        } finally {
            Arrays.fill(fresh, (byte) 0);
        }
    }

    /**
     * Signs with a given ephemeral scalar; empty if another one has to be taken, because j is not in 1..q-1, HE + r * SSK is zero, or r
     * is not in 1..q-1. RFC 6507 lets the last case pass; we do not, since our verifier insists on that range.
     */
    Optional<EccsiSignature> signWith(byte[] j, byte[] message) {
        return P256Secret.isInRange(j)
                ? signWith(new byte[][] {j}, List.of(message)).get(0)
                : Optional.empty();
    }

    /** As {@link #signWith(byte[], byte[])} for each message with its scalar in 1..q-1. */
    private List<Optional<EccsiSignature>> signWith(byte[][] j, List<byte[]> messages) {
        P256Point[] ephemerals = P256Generator.TABLE.multiplyAll(j, random);
        Octets[] r = new Octets[j.length];
        long[][] factors = new long[j.length][ORDER.size()];
        try {
            for (int i = 0; i < j.length; i++) {
                r[i] = Octets.copyOf(ephemerals[i].encodeX());
                setDenominator(factors[i], r[i], messages.get(i));
            }
            ORDER.invertAll(factors, random);
            List<Optional<EccsiSignature>> signatures = new ArrayList<>(j.length);
            for (int i = 0; i < j.length; i++) {
                signatures.add(signature(r[i], factors[i], j[i]));
            }
            return signatures;
        } finally {
            for (long[] factor : factors) {
                Arrays.fill(factor, 0);
            }
        }
    }

    /** denominator = HE + r * SSK; r may be any 32 octets. */
    private void setDenominator(long[] denominator, Octets r, byte[] message) {
        long[] secret = ssk.use(P256Secret::decode);
        try {
            ORDER.multiply(denominator, P256Secret.reduce(r.toByteArray()), secret);
            ORDER.add(
                    denominator,
                    denominator,
                    P256Secret.reduce(he(hs, r, message).toByteArray()));
        } finally {
            Arrays.fill(secret, 0);
        }
    }

    /** s = j / (HE + r * SSK), given the inverse of the denominator, or zero if there is none. */
    private Optional<EccsiSignature> signature(Octets r, long[] inverse, byte[] j) {
        long[] s = P256Secret.decode(j);
        try {
            ORDER.multiply(s, s, inverse);
            return P256Secret.isInRange(r.toByteArray()) && !P256Secret.isZero(s)
                    ? Optional.of(EccsiSignature.of(r, Octets.copyOf(P256Secret.encode(s)), pvt))
                    : Optional.empty();
        } finally {
            Arrays.fill(s, 0);
        }
    }

    /** HE = SHA-256(HS || r || M), 32 octets. */
    static Octets he(Octets hs, Octets r, byte[] message) {
        return Sha256.of(hs, r, Octets.copyOf(message));
    }
}
