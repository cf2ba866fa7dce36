package org.mckms.kms.domain;

import java.util.List;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.UserIdentifier;
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
        ExtractionSteps steps = new ExtractionSteps(TestArithmetic.EXTRACTOR, TestArithmetic.RANDOM) {
            @Override
            Octets identity(UserIdentifier uid, IdentityEncoding encoding) {
                return identity;
            }
        };
        KeyOrder order = new KeyOrder("sip:any@example.org", new KeyPeriod(0), IdentityEncoding.RAW, 0);
        UserIdentifier uid = new UserIdentifier(Octets.fromHex("00".repeat(32)));
        try (KeySetBatch batch = KeySetBatch.compute(steps, masters, List.of(order), List.of(uid))) {
            KeySetCandidate keys = batch.candidates().get(0);
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
