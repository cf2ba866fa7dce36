package org.mckms.kms.domain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
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
class FaultySteps extends ExtractionSteps {

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
    private final Predicate<UserIdentifier> faulty;
    /** What belongs to the faulty key sets, found again by identity: the steps are told nothing else. */
    private final Set<Object> victims = Collections.newSetFromMap(new IdentityHashMap<>());

    private final List<Runnable> usesOfSecrets = new ArrayList<>();

    /** With the fault in every key set. */
    FaultySteps(Fault fault) {
        this(fault, uid -> true);
    }

    /** With the fault in some key sets. */
    FaultySteps(Fault fault, Predicate<UserIdentifier> faulty) {
        super(TestArithmetic.EXTRACTOR, TestArithmetic.RANDOM);
        this.fault = fault;
        this.faulty = faulty;
    }

    /** For each SSK, k and RSK made so far: something that fails if and only if the secret is wiped. */
    List<Runnable> usesOfSecrets() {
        return List.copyOf(usesOfSecrets);
    }

    /** The fault to put into what is made of {@code input}. */
    private Fault in(Object input) {
        return victims.contains(input) ? fault : Fault.NONE;
    }

    /** Follows a faulty key set from one step to the next. */
    private <T> T followed(Object input, T made) {
        if (victims.contains(input)) {
            victims.add(made);
        }
        return made;
    }

    @Override
    Octets identity(UserIdentifier uid, IdentityEncoding encoding) {
        Octets identity = super.identity(uid, encoding);
        if (!faulty.test(uid)) {
            return identity;
        }
        Octets made =
                switch (fault) {
                    case IDENTITY_OCTET -> flipped(identity);
                    case IDENTITY_DIALECT ->
                        (encoding == IdentityEncoding.RAW ? IdentityEncoding.ASCII_HEX : IdentityEncoding.RAW)
                                .identityOctets(uid);
                    case IDENTITY_OF_ANOTHER -> OTHER_IDENTITY;
                    default -> identity;
                };
        victims.add(made);
        return made;
    }

    @Override
    SecretScalar validationScalar(MasterSecrets masters, Octets identity, int issue, int attempt) {
        return followed(
                identity,
                switch (in(identity)) {
                    case V_OCTET -> flipped(super.validationScalar(masters, identity, issue, attempt));
                    case V_OF_ANOTHER_IDENTITY -> super.validationScalar(masters, OTHER_IDENTITY, issue, attempt);
                    case V_OF_ANOTHER_ISSUE -> super.validationScalar(masters, identity, issue + 1, attempt);
                    case V_OF_ANOTHER_ATTEMPT -> super.validationScalar(masters, identity, issue, attempt + 1);
                    case V_OUT_OF_RANGE ->
                        SecretScalar.takeFrom(Octets.fromHex("FF".repeat(32)).toByteArray());
                    default -> super.validationScalar(masters, identity, issue, attempt);
                });
    }

    @Override
    List<PublicValidationToken> pvts(List<SecretScalar> v) {
        return v.stream().map(this::pvt).toList();
    }

    private PublicValidationToken pvt(SecretScalar v) {
        return switch (in(v)) {
            case PVT_OF_ANOTHER_V -> {
                try (SecretScalar other = SecretScalar.takeFrom(flipped(v.use(byte[]::clone)))) {
                    yield EccsiExtraction.pvt(other);
                }
            }
            case PVT_OFF_THE_CURVE ->
                new PublicValidationToken(flipped(EccsiExtraction.pvt(v).octets()));
            default -> EccsiExtraction.pvt(v);
        };
    }

    @Override
    Octets hs(KmsPublicAuthenticationKey kpak, Octets identity, PublicValidationToken pvt) {
        return followed(
                identity,
                switch (in(identity)) {
                    case HS_OCTET -> flipped(super.hs(kpak, identity, pvt));
                    case HS_OF_ANOTHER_IDENTITY -> super.hs(kpak, OTHER_IDENTITY, pvt);
                    default -> super.hs(kpak, identity, pvt);
                });
    }

    @Override
    SecretSigningKey ssk(KmsSecretAuthenticationKey ksak, Octets hs, SecretScalar v) {
        SecretSigningKey right = super.ssk(ksak, hs, v);
        SecretSigningKey made =
                switch (in(v)) {
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
    List<SecretScalar> inverses(List<Octets> identities, KmsMasterSecret zT) {
        return each(identities, identity -> followed(identity, inverse(identity, zT)));
    }

    private SecretScalar inverse(Octets identity, KmsMasterSecret zT) {
        SecretScalar made =
                switch (in(identity)) {
                    case INVERSE_PLUS_ONE -> {
                        try (SecretScalar right = SakkeExtraction.inverse(identity, zT)) {
                            yield plusOne(right);
                        }
                    }
                    case INVERSE_OF_ANOTHER_IDENTITY -> SakkeExtraction.inverse(OTHER_IDENTITY, zT);
                    default -> SakkeExtraction.inverse(identity, zT);
                };
        usesOfSecrets.add(() -> made.use(octets -> octets.length));
        return made;
    }

    @Override
    List<ReceiverSecretKey> rsks(List<SecretScalar> k) {
        return each(k, this::rsk);
    }

    private ReceiverSecretKey rsk(SecretScalar k) {
        ReceiverSecretKey made =
                switch (in(k)) {
                    case RSK_OF_ANOTHER_IDENTITY -> {
                        try (SecretScalar other = plusOne(k)) {
                            yield SakkeExtraction.rsk(other);
                        }
                    }
                    case RSK_OFF_THE_CURVE ->
                        ReceiverSecretKey.takeFrom(
                                flipped(SakkeExtraction.rsk(k).use(byte[]::clone)));
                    case RSK_NEGATED ->
                        ReceiverSecretKey.takeFrom(
                                negated(SakkeExtraction.rsk(k).use(byte[]::clone)));
                    default -> SakkeExtraction.rsk(k);
                };
        usesOfSecrets.add(() -> made.use(octets -> octets.length));
        return made;
    }

    /** One secret of each input; those that were made are closed if another one cannot be made, as the library does. */
    private static <I, S extends AutoCloseable> List<S> each(List<I> inputs, Function<I, S> step) {
        List<S> made = new ArrayList<>();
        try {
            inputs.forEach(input -> made.add(step.apply(input)));
            return made;
        } catch (RuntimeException e) {
            made.forEach(FaultySteps::close);
            throw e;
        }
    }

    private static void close(AutoCloseable secret) {
        try {
            secret.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
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
