package org.mckms.mikeysakke.sakke;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mckms.mikeysakke.DecapsulationException;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.SenderTable;
import org.mckms.mikeysakke.curve.SakkePoints;
import org.mckms.mikeysakke.field.OrderField;
import org.mckms.mikeysakke.field.SakkeField;

/**
 * The steps of SAKKE decapsulation (RFC 6508 clause 6.2.2) for one receiver.
 *
 * <p>They are the same for all data. An R that is not a point of the curve is replaced by one that is, and refused at the end. The last
 * step compares R with [r]([b]P + Z_S) in constant time: it proves that R has order q, in which case alone the pairing means something,
 * and that the sender knew the SSV. Nothing of the SSV leaves before.
 */
final class Decapsulation {
    private static final OrderField ORDER = OrderField.SAKKE;

    private final SakkeCore core;
    private final SenderTable table;
    private final byte[] identity;
    /** b, modulo q. */
    private final long[] b;

    /**
     * For the receiver b of a KMS, Z_S being the public key of the KMS.
     *
     * @throws org.mckms.mikeysakke.InvalidValueException if the identity is empty or not below q
     */
    Decapsulation(SakkeEncapsulator kms, Octets identity) {
        this.core = kms.core();
        this.table = kms.table();
        this.identity = identity.toByteArray();
        this.b = SakkeIdentity.element(identity);
    }

    /**
     * Opens data.
     *
     * @param pairing gives w = pairing(R, RSK) for each R, in arrays to keep and wipe
     * @return for each the SSV, which the caller closes, or nothing if it cannot be opened
     */
    List<Optional<SharedSecretValue>> open(List<EncapsulatedData> all, UnaryOperator<byte[][]> pairing) {
        int count = all.size();
        boolean[] isPoint = new boolean[count];
        byte[][] points = new byte[count][];
        byte[][] ssv = new byte[count][];
        byte[][] r = new byte[count][ORDER.octets()];
        byte[][] rb = new byte[count][ORDER.octets()];
        for (int i = 0; i < count; i++) {
            points[i] = all.get(i).point().toByteArray();
            isPoint[i] = isOnCurve(points[i]);
            if (!isPoint[i]) {
                points[i] = SakkePoints.generator();
            }
        }
        byte[][] w = pairing.apply(points);
        try {
            for (int i = 0; i < count; i++) {
                if (w[i] == null) {
                    isPoint[i] = false;
                    w[i] = new byte[SakkeField.OCTETS];
                }
                ssv[i] = HashToIntegerRange.mask(w[i]);
                xor(ssv[i], all.get(i).hint());
                scalars(r[i], rb[i], ssv[i]);
            }
            boolean[] isSum = core.isSum(table, rb, r, points);
            List<Optional<SharedSecretValue>> opened = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                boolean accepted = isPoint[i] & isSum[i];
                opened.add(accepted ? Optional.of(SharedSecretValue.takeFrom(ssv[i])) : Optional.empty());
            }
            return List.copyOf(opened);
        } finally {
            wipe(w);
            wipe(ssv);
            wipe(r);
            wipe(rb);
        }
    }

    /**
     * Opens data for a receiver who is not seen again: no table is made.
     *
     * @throws DecapsulationException if the data cannot be opened
     */
    static SharedSecretValue openOnce(EncapsulatedData data, ReceiverSecretKey rsk, Octets identity, KmsPublicKey zT) {
        Decapsulation decapsulation = new Decapsulation(SakkeEncapsulator.forFew(zT), identity);
        return rsk.use(key -> decapsulation.open(List.of(data), points -> decapsulation.pair(key, points)))
                .get(0)
                .orElseThrow(DecapsulationException::new);
    }

    /** The pairings of one key with many points. */
    byte[][] pair(byte[] rsk, byte[][] points) {
        byte[][] keys = new byte[points.length][];
        Arrays.fill(keys, rsk);
        return core.pair(keys, points);
    }

    private static boolean isOnCurve(byte[] point) {
        try {
            SakkePoints.requireOnCurve(point);
            return true;
        } catch (InvalidKeyMaterialException e) {
            return false;
        }
    }

    private static void xor(byte[] octets, Octets hint) {
        for (int i = 0; i < octets.length; i++) {
            octets[i] ^= hint.at(i);
        }
    }

    /** r = HashToIntegerRange(SSV || b, q), and r b mod q. */
    private void scalars(byte[] r, byte[] rb, byte[] ssv) {
        long[] element = HashToIntegerRange.modQ(ssv, identity);
        try {
            ORDER.encode(r, element);
            ORDER.multiply(element, element, b);
            ORDER.encode(rb, element);
        } finally {
            Arrays.fill(element, 0);
        }
    }

    private static void wipe(byte[][] secrets) {
        for (byte[] secret : secrets) {
            if (secret != null) {
                Arrays.fill(secret, (byte) 0);
            }
        }
    }
}
