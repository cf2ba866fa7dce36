package org.mckms.kms.domain;

import java.security.SecureRandom;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiExtraction;
import org.mckms.mikeysakke.eccsi.EccsiKeyCheck;
import org.mckms.mikeysakke.sakke.SakkeExtraction;
import org.mckms.mikeysakke.secret.SecretScalar;

/**
 * Checks a key set before it leaves, on the values that would be sent and against what was asked for, not against what
 * the extraction worked with. Since v is derived, one faulty key set beside a right one could give KSAK away.
 */
final class KeySetSelfCheck {

    private final SecureRandom random;

    KeySetSelfCheck(SecureRandom random) {
        this.random = random;
    }

    /**
     * @param identity rebuilt by the caller from the URI and the period of the request
     * @return false at the first fault; which one it was is not told to anybody
     */
    boolean accepts(KeySetCandidate keys, MasterSecrets masters, Epoch epoch, Octets identity, int issue) {
        return masters.kpak().equals(epoch.kpak())
                && EccsiExtraction.hs(epoch.kpak(), identity, keys.pvt()).equals(keys.hs())
                && isDerived(keys, masters, identity, issue)
                && EccsiKeyCheck.isValid(identity, keys.ssk(), keys.pvt(), epoch.kpak())
                && SakkeExtraction.isConsistent(identity, masters.zT(), keys.inverse(), keys.rsk(), random);
    }

    /** A wrong v passes every equation of RFC 6507; only deriving it again shows the fault. */
    private static boolean isDerived(KeySetCandidate keys, MasterSecrets masters, Octets identity, int issue) {
        try (SecretScalar v = masters.validationScalar(identity, issue, keys.attempt())) {
            return EccsiExtraction.pvt(v).equals(keys.pvt());
        }
    }
}
