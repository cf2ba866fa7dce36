package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiExtraction;
import org.mckms.mikeysakke.eccsi.EccsiKeyCheck;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.sakke.SakkeExtractor;
import org.mckms.mikeysakke.secret.SecretScalar;

/**
 * Checks key sets before they leave, on the values that would be sent and against what was asked for, not against what the
 * extraction worked with. Since v is derived, one faulty key set beside a right one could give KSAK away.
 */
final class KeySetSelfCheck {

    private final SakkeExtractor sakke;
    private final SecureRandom random;

    KeySetSelfCheck(SakkeExtractor sakke, SecureRandom random) {
        this.sakke = requireNonNull(sakke, "sakke");
        this.random = requireNonNull(random, "random");
    }

    /**
     * What a key set has to fit.
     *
     * @param identity rebuilt from the URI and the period of the order
     */
    record Expected(Octets identity, int issue) {}

    /**
     * Whether all key sets are right.
     *
     * @param kpak     published for the epoch
     * @param expected as many as there are keys, in the same order
     */
    boolean accepts(
            List<KeySetCandidate> keys,
            MasterSecrets masters,
            KmsPublicAuthenticationKey kpak,
            List<Expected> expected) {
        return masters.kpak().equals(kpak)
                && haveTheirSigningKeys(keys, kpak, expected)
                && areDerived(keys, masters, expected)
                && sakke.areConsistent(
                        expected.stream().map(Expected::identity).toList(),
                        masters.zT(),
                        keys.stream().map(KeySetCandidate::inverse).toList(),
                        keys.stream().map(KeySetCandidate::rsk).toList());
    }

    private boolean haveTheirSigningKeys(
            List<KeySetCandidate> keys, KmsPublicAuthenticationKey kpak, List<Expected> expected) {
        for (int i = 0; i < keys.size(); i++) {
            KeySetCandidate key = keys.get(i);
            Octets identity = expected.get(i).identity();
            if (!EccsiExtraction.hs(kpak, identity, key.pvt()).equals(key.hs())) {
                return false;
            }
        }
        return EccsiKeyCheck.areValid(
                expected.stream().map(Expected::identity).toList(),
                keys.stream().map(KeySetCandidate::ssk).toList(),
                keys.stream().map(KeySetCandidate::pvt).toList(),
                kpak,
                random);
    }

    /** A wrong v passes every equation of RFC 6507; only deriving it again shows the fault. */
    private boolean areDerived(List<KeySetCandidate> keys, MasterSecrets masters, List<Expected> expected) {
        List<SecretScalar> scalars = new ArrayList<>(keys.size());
        try {
            for (int i = 0; i < keys.size(); i++) {
                Expected of = expected.get(i);
                scalars.add(masters.validationScalar(
                        of.identity(), of.issue(), keys.get(i).attempt()));
            }
            List<PublicValidationToken> right = EccsiExtraction.pvts(scalars, random);
            return right.equals(keys.stream().map(KeySetCandidate::pvt).toList());
        } finally {
            scalars.forEach(SecretScalar::close);
        }
    }
}
