package org.mckms.mikeysakke.sakke;

import java.util.List;
import org.mckms.mikeysakke.DecapsulationException;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.ScalarSakkeCore;

/**
 * SAKKE encapsulation and decapsulation with parameter set 1 (RFC 6508 clause 6.2), for one use of a KMS or of a key;
 * {@link SakkeEncapsulator} and {@link SakkeDecapsulator} are for more.
 */
public final class Sakke {
    /** From this number of receivers on, a table for Z_T costs less than it saves. */
    private static final int RECEIVERS_WORTH_A_TABLE = 12;

    private Sakke() {}

    /**
     * Encapsulates a shared secret value to one user (RFC 6508 clause 6.2.1).
     *
     * @param ssv not kept, the caller closes it
     * @param to identity b of the receiver, below q as big-endian integer; usually the UID of the key period of the message
     * @param zT public key of the receiver's KMS
     * @return R_(b,S) and the hint H
     * @throws InvalidValueException if the identity is empty or not below q
     * @throws InvalidKeyMaterialException if the receiver's public point is at infinity, which no honest KMS has
     */
    public static EncapsulatedData encapsulate(SharedSecretValue ssv, Octets to, KmsPublicKey zT) {
        return encapsulateAll(ssv, List.of(to), zT).get(0);
    }

    /**
     * Encapsulates one shared secret value to many users of one KMS, in their order.
     *
     * @param ssv not kept, the caller closes it
     * @param to identities of the receivers, each as in {@link #encapsulate}
     * @param zT public key of the receivers' KMS
     * @throws InvalidValueException if an identity is empty or not below q
     * @throws InvalidKeyMaterialException if a receiver's public point is at infinity
     */
    public static List<EncapsulatedData> encapsulateAll(SharedSecretValue ssv, List<Octets> to, KmsPublicKey zT) {
        SakkeEncapsulator kms = to.size() < RECEIVERS_WORTH_A_TABLE
                ? SakkeEncapsulator.forFew(zT)
                : new SakkeEncapsulator(new ScalarSakkeCore(), zT);
        return kms.encapsulateAll(ssv, to);
    }

    /**
     * Opens encapsulated data (RFC 6508 clause 6.2.2).
     *
     * <p>A point R of another order needs no check of its own: R is computed again from the result and compared, in constant time.
     *
     * @param rsk key of the receiver, not kept
     * @param identity b, the identity of the receiver that the data was made for, below q
     * @param zT public key of the receiver's KMS
     * @return the shared secret value, which the caller closes
     * @throws DecapsulationException whatever is wrong with the data or the key, without detail
     * @throws InvalidValueException if the identity is empty or not below q
     */
    public static SharedSecretValue decapsulate(
            EncapsulatedData data, ReceiverSecretKey rsk, Octets identity, KmsPublicKey zT) {
        return Decapsulation.openOnce(data, rsk, identity, zT);
    }
}
