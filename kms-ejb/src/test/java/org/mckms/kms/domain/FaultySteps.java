package org.mckms.kms.domain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiExtraction;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.sakke.SakkeExtraction;
import org.mckms.mikeysakke.secret.SecretScalar;

/** The steps of key extraction with one fault in them; notes the secrets it made. */
final class FaultySteps extends ExtractionSteps {

    /** Where the fault is. */
    enum Fault {
        NONE,
        IDENTITY_OCTET,
        IDENTITY_DIALECT,
        IDENTITY_OF_ANOTHER,
        V_OCTET,
        V_OF_ANOTHER_IDENTITY,
        V_OF_ANOTHER_ISSUE,
        V_OF_ANOTHER_ATTEMPT,
        V_OUT_OF_RANGE,
        PVT_OF_ANOTHER_V,
        PVT_OFF_THE_CURVE,
        HS_OCTET,
        HS_OF_ANOTHER_IDENTITY,
        SSK_OCTET,
        SSK_OF_ANOTHER_V,
        INVERSE_PLUS_ONE,
        INVERSE_OF_ANOTHER_IDENTITY,
        RSK_OF_ANOTHER_IDENTITY,
        RSK_OFF_THE_CURVE,
        RSK_NEGATED
    }

    private static final Octets OTHER_IDENTITY = Octets.fromHex("77".repeat(32));

    private final Fault fault;
    private final List<Runnable> usesOfSecrets = new ArrayList<>();

    FaultySteps(Fault fault) {
        this.fault = fault;
    }

    /** For each SSK, k and RSK made so far: something that fails if and only if the secret is wiped. */
    List<Runnable> usesOfSecrets() {
        return List.copyOf(usesOfSecrets);
    }

    @Override
    Octets identity(UserIdentifier uid, IdentityEncoding encoding) {
        Octets identity = super.identity(uid, encoding);
        return switch (fault) {
            case IDENTITY_OCTET -> flipped(identity);
            case IDENTITY_DIALECT ->
                (encoding == IdentityEncoding.RAW ? IdentityEncoding.ASCII_HEX : IdentityEncoding.RAW)
                        .identityOctets(uid);
            case IDENTITY_OF_ANOTHER -> OTHER_IDENTITY;
            default -> identity;
        };
    }

    @Override
    SecretScalar validationScalar(MasterSecrets masters, Octets identity, int issue, int attempt) {
        return switch (fault) {
            case V_OCTET -> flipped(super.validationScalar(masters, identity, issue, attempt));
            case V_OF_ANOTHER_IDENTITY -> super.validationScalar(masters, OTHER_IDENTITY, issue, attempt);
            case V_OF_ANOTHER_ISSUE -> super.validationScalar(masters, identity, issue + 1, attempt);
            case V_OF_ANOTHER_ATTEMPT -> super.validationScalar(masters, identity, issue, attempt + 1);
            case V_OUT_OF_RANGE ->
                SecretScalar.takeFrom(Octets.fromHex("FF".repeat(32)).toByteArray());
            default -> super.validationScalar(masters, identity, issue, attempt);
        };
    }

    @Override
    PublicValidationToken pvt(SecretScalar v) {
        return switch (fault) {
            case PVT_OF_ANOTHER_V -> {
                try (SecretScalar other = SecretScalar.takeFrom(flipped(v.use(byte[]::clone)))) {
                    yield super.pvt(other);
                }
            }
            case PVT_OFF_THE_CURVE ->
                new PublicValidationToken(flipped(super.pvt(v).octets()));
            default -> super.pvt(v);
        };
    }

    @Override
    Octets hs(KmsPublicAuthenticationKey kpak, Octets identity, PublicValidationToken pvt) {
        return switch (fault) {
            case HS_OCTET -> flipped(super.hs(kpak, identity, pvt));
            case HS_OF_ANOTHER_IDENTITY -> super.hs(kpak, OTHER_IDENTITY, pvt);
            default -> super.hs(kpak, identity, pvt);
        };
    }

    @Override
    SecretSigningKey ssk(KmsSecretAuthenticationKey ksak, Octets hs, SecretScalar v) {
        SecretSigningKey right = super.ssk(ksak, hs, v);
        SecretSigningKey made =
                switch (fault) {
                    case SSK_OCTET -> SecretSigningKey.takeFrom(flipped(right.use(byte[]::clone)));
                    case SSK_OF_ANOTHER_V -> {
                        try (SecretScalar other = SecretScalar.takeFrom(flipped(v.use(byte[]::clone)))) {
                            yield EccsiExtraction.ssk(ksak, hs, other);
                        }
                    }
                    default -> right;
                };
        usesOfSecrets.add(() -> made.use(octets -> octets.length));
        return made;
    }

    @Override
    SecretScalar inverse(Octets identity, KmsMasterSecret zT) {
        SecretScalar made =
                switch (fault) {
                    case INVERSE_PLUS_ONE -> {
                        try (SecretScalar right = super.inverse(identity, zT)) {
                            yield plusOne(right);
                        }
                    }
                    case INVERSE_OF_ANOTHER_IDENTITY -> super.inverse(OTHER_IDENTITY, zT);
                    default -> super.inverse(identity, zT);
                };
        usesOfSecrets.add(() -> made.use(octets -> octets.length));
        return made;
    }

    @Override
    ReceiverSecretKey rsk(SecretScalar k) {
        ReceiverSecretKey made =
                switch (fault) {
                    case RSK_OF_ANOTHER_IDENTITY -> {
                        try (SecretScalar other = plusOne(k)) {
                            yield SakkeExtraction.rsk(other);
                        }
                    }
                    case RSK_OFF_THE_CURVE ->
                        ReceiverSecretKey.takeFrom(flipped(super.rsk(k).use(byte[]::clone)));
                    case RSK_NEGATED ->
                        ReceiverSecretKey.takeFrom(negated(super.rsk(k).use(byte[]::clone)));
                    default -> super.rsk(k);
                };
        usesOfSecrets.add(() -> made.use(octets -> octets.length));
        return made;
    }

    private static SecretScalar plusOne(SecretScalar scalar) {
        return scalar.use(octets -> {
            byte[] more = octets.clone();
            int i = more.length;
            do {
                more[--i]++;
            } while (more[i] == 0);
            return SecretScalar.takeFrom(more);
        });
    }

    /** -K has the same x; p - y as 128 octets. */
    private static byte[] negated(byte[] point) {
        BigInteger p = new BigInteger(1, ScalarReduction.SAKKE_ORDER.toByteArray())
                .shiftLeft(2)
                .subtract(BigInteger.ONE);
        BigInteger y = p.subtract(new BigInteger(1, Arrays.copyOfRange(point, 129, 257)));
        byte[] shortest = y.toByteArray();
        Arrays.fill(point, 129, 257, (byte) 0);
        int used = Math.min(128, shortest.length);
        System.arraycopy(shortest, shortest.length - used, point, 257 - used, used);
        return point;
    }

    private static Octets flipped(Octets octets) {
        return Octets.copyOf(flipped(octets.toByteArray()));
    }

    private static SecretScalar flipped(SecretScalar scalar) {
        try (scalar) {
            return SecretScalar.takeFrom(flipped(scalar.use(byte[]::clone)));
        }
    }

    private static byte[] flipped(byte[] octets) {
        if (octets.length == 0) {
            throw new InvalidKeyMaterialException("nothing to put a fault into");
        }
        octets[octets.length - 1] ^= 0x04;
        return octets;
    }
}
