package org.mckms.mikeysakke.sakke;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.Encapsulation;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.core.SenderTable;
import org.mckms.mikeysakke.field.OrderField;

/**
 * Encapsulates to the users of one KMS (RFC 6508 clause 6.2.1), with tables made once for that KMS: worth it from about a dozen
 * receivers on. It holds public data only. Immutable and thread safe.
 */
public final class SakkeEncapsulator {
    private static final OrderField ORDER = OrderField.SAKKE;

    /** Receivers whose points are in memory at once, many enough for the cost of their inversion to vanish. */
    private static final int BATCH = 256;

    private final SakkeCore core;
    private final SenderTable table;

    /** Makes the tables for Z_T, the public key of a KMS. */
    public SakkeEncapsulator(SakkeCore core, KmsPublicKey zT) {
        this(core, core.senderTable(zT.octets().toByteArray()));
    }

    private SakkeEncapsulator(SakkeCore core, SenderTable table) {
        this.core = core;
        this.table = table;
    }

    /** Without the tables of a KMS, for a few receivers. */
    static SakkeEncapsulator forFew(KmsPublicKey zT) {
        ScalarSakkeCore core = new ScalarSakkeCore();
        return new SakkeEncapsulator(core, core.smallSenderTable(zT.octets().toByteArray()));
    }

    SakkeCore core() {
        return core;
    }

    SenderTable table() {
        return table;
    }

    /**
     * Encapsulates a shared secret value to one user.
     *
     * @param ssv not kept, the caller closes it
     * @param to identity b of the receiver, below q as big-endian integer
     * @return R_(b,S) and the hint H
     * @throws InvalidValueException if the identity is empty or not below q
     * @throws InvalidKeyMaterialException if the receiver's public point is at infinity, which no honest KMS has
     */
    public EncapsulatedData encapsulate(SharedSecretValue ssv, Octets to) {
        return encapsulateEach(List.of(ssv), List.of(to)).get(0);
    }

    /**
     * Encapsulates one shared secret value to many users, in their order.
     *
     * @throws InvalidValueException if an identity is empty or not below q
     * @throws InvalidKeyMaterialException if a receiver's public point is at infinity
     */
    public List<EncapsulatedData> encapsulateAll(SharedSecretValue ssv, List<Octets> to) {
        return encapsulateEach(Collections.nCopies(to.size(), ssv), to);
    }

    /**
     * Encapsulates to each user a shared secret value of its own, in their order.
     *
     * @param ssvs as many as identities; not kept, the caller closes them
     * @throws InvalidValueException if an identity is empty or not below q, or there are more or fewer values than identities
     * @throws InvalidKeyMaterialException if a receiver's public point is at infinity
     */
    public List<EncapsulatedData> encapsulateEach(List<SharedSecretValue> ssvs, List<Octets> to) {
        if (ssvs.size() != to.size()) {
            throw new InvalidValueException(ssvs.size() + " shared secret values for " + to.size() + " receivers");
        }
        List<EncapsulatedData> all = new ArrayList<>(to.size());
        for (int from = 0; from < to.size(); from += BATCH) {
            int end = Math.min(from + BATCH, to.size());
            all.addAll(batch(ssvs.subList(from, end), to.subList(from, end)));
        }
        return List.copyOf(all);
    }

    private List<EncapsulatedData> batch(List<SharedSecretValue> ssvs, List<Octets> to) {
        int count = to.size();
        byte[][] r = new byte[count][ORDER.octets()];
        byte[][] rb = new byte[count][ORDER.octets()];
        Encapsulation[] made = {};
        try {
            for (int i = 0; i < count; i++) {
                scalars(r[i], rb[i], ssvs.get(i), to.get(i));
            }
            made = core.encapsulate(table, rb, r);
            List<EncapsulatedData> batch = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                batch.add(data(made[i], ssvs.get(i)));
            }
            return batch;
        } finally {
            wipe(r);
            wipe(rb);
            wipe(powers(made));
        }
    }

    /** r = HashToIntegerRange(SSV || b, q) and rb = r b mod q. */
    private static void scalars(byte[] r, byte[] rb, SharedSecretValue ssv, Octets to) {
        long[] b = SakkeIdentity.element(to);
        long[] element = ssv.use(octets -> HashToIntegerRange.modQ(octets, to.toByteArray()));
        try {
            ORDER.encode(r, element);
            ORDER.multiply(element, element, b);
            ORDER.encode(rb, element);
        } finally {
            Arrays.fill(element, 0);
        }
    }

    /** R_(b,S) and H = SSV xor HashToIntegerRange(g^r, 2^128). */
    private static EncapsulatedData data(Encapsulation made, SharedSecretValue ssv) {
        if (made == null) {
            throw new InvalidKeyMaterialException("public point of the receiver is at infinity");
        }
        byte[] hint = HashToIntegerRange.mask(made.power());
        return ssv.use(octets -> {
            for (int i = 0; i < hint.length; i++) {
                hint[i] ^= octets[i];
            }
            return EncapsulatedData.of(Octets.copyOf(made.point()), Octets.copyOf(hint));
        });
    }

    private static byte[][] powers(Encapsulation[] made) {
        return Arrays.stream(made)
                .map(each -> each == null ? new byte[0] : each.power())
                .toArray(byte[][]::new);
    }

    private static void wipe(byte[][] secrets) {
        for (byte[] secret : secrets) {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
