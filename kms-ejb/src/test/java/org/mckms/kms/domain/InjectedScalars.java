package org.mckms.kms.domain;

import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.secret.SecretScalar;

/** Masters whose v is a published one; possible in this package of the tests only. */
public final class InjectedScalars {

    private InjectedScalars() {}

    /** The same KSAK and z_T with a fixed v; closing it closes copies only. */
    public static MasterSecrets withScalar(MasterSecrets masters, Octets v) {
        return new MasterSecrets(
                KmsSecretAuthenticationKey.takeFrom(masters.ksak().use(byte[]::clone)),
                KmsMasterSecret.takeFrom(masters.zT().use(byte[]::clone)),
                (KmsPublicAuthenticationKey kpak, Octets identity, int issue, int attempt) ->
                        SecretScalar.takeFrom(v.toByteArray()),
                () -> {});
    }

    /** Computes the keys of any identity octets, as in the examples of RFC 6507 and RFC 6508; not self-checked. */
    public static ComputedKeys compute(MasterSecrets masters, Octets identity) {
        try (KeySetCandidate keys = KeySetCandidate.compute(new ExtractionSteps(), masters, identity, 0)) {
            return new ComputedKeys(
                    keys.rsk().use(Octets::copyOf),
                    keys.ssk().use(Octets::copyOf),
                    keys.pvt().octets(),
                    keys.hs());
        }
    }

    /** Clear copies of test keys. */
    public record ComputedKeys(Octets rsk, Octets ssk, Octets pvt, Octets hs) {}
}
