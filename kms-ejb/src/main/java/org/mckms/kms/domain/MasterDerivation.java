package org.mckms.kms.domain;

import java.util.Arrays;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * Derives the secrets of an epoch from its root key: KSAK and z_T of a derived epoch, and k_v of every epoch. The root is
 * on the token; what comes out is in memory and is wiped by whoever closes it.
 */
public final class MasterDerivation {

    private static final String KSAK_LABEL = "mckms/1/ksak";
    private static final String ZT_LABEL = "mckms/1/z_t_";
    private static final String KV_LABEL = "mckms/1/vkey";

    /** 256 bits more than the order of P-256 has, so that the reduction is as good as uniform. */
    private static final int KSAK_BITS = 512;

    /** 514 bits more than the order of SAKKE parameter set 1 has. */
    private static final int ZT_BITS = 1536;

    private static final int KV_BITS = 512;

    private MasterDerivation() {}

    /**
     * KSAK, 1 to q-1.
     *
     * @throws org.mckms.mikeysakke.InvalidKeyMaterialException if the derived number is 0
     */
    public static KmsSecretAuthenticationKey ksak(Prf root, DerivationContext context) {
        return KmsSecretAuthenticationKey.takeFrom(
                reduced(root, KSAK_LABEL, context, KSAK_BITS, ScalarReduction.ECCSI_ORDER));
    }

    /**
     * z_T, 2 to q-1.
     *
     * @throws org.mckms.mikeysakke.InvalidKeyMaterialException if the derived number is 0 or 1
     */
    public static KmsMasterSecret zT(Prf root, DerivationContext context) {
        return KmsMasterSecret.takeFrom(reduced(root, ZT_LABEL, context, ZT_BITS, ScalarReduction.SAKKE_ORDER));
    }

    /** k_v, 64 octets: the key that validation scalars are derived under. */
    public static SecretOctets kV(Prf root, DerivationContext context) {
        return SecretOctets.takeFrom(CounterModeDerivation.derive(root, KV_LABEL, context.octets(), KV_BITS));
    }

    private static byte[] reduced(Prf root, String label, DerivationContext context, int bits, Octets order) {
        byte[] derived = CounterModeDerivation.derive(root, label, context.octets(), bits);
        try {
            return ScalarReduction.reduce(derived, order);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }
}
