package org.mckms.kms.infrastructure.persistence;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.sakke.KmsPublicKey;

/**
 * The public keys of epochs that were read from rows lately. Epochs are read for each request, and to check that a point
 * has order q costs more than all key sets of a request. Bounded; thread safe.
 */
final class CheckedPoints {

    private static final int MAX_HELD = 100;

    private final Map<String, KmsPublicKey> held = new ConcurrentHashMap<>();

    /**
     * The key with these octets.
     *
     * @param zT as it stands in the row, in hex
     * @throws org.mckms.mikeysakke.MikeySakkeException if it is no point of order q
     */
    KmsPublicKey publicKey(String zT) {
        KmsPublicKey known = held.get(zT);
        if (known != null) {
            return known;
        }
        KmsPublicKey checked = new KmsPublicKey(Octets.fromHex(zT));
        if (held.size() >= MAX_HELD) {
            held.clear();
        }
        held.put(zT, checked);
        return checked;
    }
}
