package org.mckms.kms.domain;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mckms.mikeysakke.DegenerateScalarException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.mikeysakke.secret.SecretScalar;

/**
 * Derives v of RFC 6507 clause 5.1.1 instead of drawing it. Two SSKs made with one v and two different HS give KSAK by
 * subtraction, so everything that enters HS, except PVT = [v]G itself, enters v.
 */
final class ValidationScalarDerivation {

    private static final String LABEL = "mckms/1/v___";
    private static final int BITS = 512;
    private static final int KPAK_OCTETS = 65;
    private static final int HASH_OCTETS = 32;
    private static final int MAX_IDENTITY_OCTETS = 0xFFFF;
    private static final int MAX_ATTEMPT = 0xFF;

    private ValidationScalarDerivation() {}

    /** The arguments and errors of {@link MasterSecrets#validationScalar}. */
    static SecretScalar v(
            SecretOctets kV,
            DerivationContext epoch,
            KmsPublicAuthenticationKey kpak,
            Octets identity,
            int issue,
            int attempt) {
        Octets context = context(epoch, kpak, identity, issue, attempt);
        byte[] derived = CounterModeDerivation.derive(new HmacSha512(kV), LABEL, context, BITS);
        byte[] v = ScalarReduction.reduce(derived, ScalarReduction.ECCSI_ORDER);
        Arrays.fill(derived, (byte) 0);
        if (isZero(v)) {
            throw new DegenerateScalarException("v = 0");
        }
        return SecretScalar.takeFrom(v);
    }

    private static Octets context(
            DerivationContext epoch, KmsPublicAuthenticationKey kpak, Octets identity, int issue, int attempt) {
        if (identity.size() > MAX_IDENTITY_OCTETS || issue < 0 || attempt < 0 || attempt > MAX_ATTEMPT) {
            throw new IllegalArgumentException("identity of " + identity.size() + " octets, issue " + issue
                    + ", attempt " + attempt + ": one is out of range");
        }
        int size = DerivationContext.OCTETS + KPAK_OCTETS + HASH_OCTETS + Short.BYTES + Integer.BYTES + 1;
        return Octets.copyOf(ByteBuffer.allocate(size)
                .put(epoch.octets().toByteArray())
                .put(kpak.octets().toByteArray())
                .put(Sha256.of(identity).toByteArray())
                .putShort((short) identity.size())
                .putInt(issue)
                .put((byte) attempt)
                .array());
    }

    private static boolean isZero(byte[] octets) {
        int any = 0;
        for (byte octet : octets) {
            any |= octet;
        }
        return any == 0;
    }
}
