package org.mckms.client;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiExtraction;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.sakke.SakkeExtraction;
import org.mckms.mikeysakke.secret.SecretScalar;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.Role;

/** Masters of a KMS in memory, so that a test has key sets for any user and period. */
public final class TestEpoch {
    private static final int PUBLISHED = 0;
    /** z of RFC 6508 appendix A. */
    private static final Octets PUBLISHED_Z = Octets.fromHex("AFF429D35F84B110D094803B3595A6E2998BC99F");
    /** KSAK of RFC 6507 appendix A. */
    private static final Octets PUBLISHED_KSAK = Octets.fromHex("0".repeat(59) + "12345");

    private final KmsCertificate root;
    private final int seed;

    private TestEpoch(KmsCertificate root, int seed) {
        this.root = root;
        this.seed = seed;
    }

    /** The masters of RFC 6507 and RFC 6508, as the domain of {@code vectors/kms-domain/selfmade.json} has them. */
    public static TestEpoch published(
            String kmsUri, KeyPeriodSchedule schedule, Instant validFrom, Optional<Instant> validTo) {
        return of(PUBLISHED, kmsUri, schedule, validFrom, validTo);
    }

    /** @param seed 1 to 100: other numbers, other masters */
    public static TestEpoch of(
            int seed, String kmsUri, KeyPeriodSchedule schedule, Instant validFrom, Optional<Instant> validTo) {
        try (KmsMasterSecret z = z(seed);
                KmsSecretAuthenticationKey ksak = ksak(seed)) {
            KmsPublicKey zT = z.publicKey();
            KmsPublicAuthenticationKey kpak = ksak.publicKey();
            KmsCertificate root = new KmsCertificate(
                    Role.ROOT,
                    Optional.of("cert" + seed + "." + kmsUri),
                    kmsUri,
                    Optional.empty(),
                    Optional.of(validFrom),
                    validTo,
                    false,
                    schedule,
                    zT,
                    kpak,
                    List.of(kmsUri.replace("kms.", "")));
            return new TestEpoch(root, seed);
        }
    }

    public KmsCertificate root() {
        return root;
    }

    /** The certificate as another KMS gives it to its clients. */
    public KmsCertificate external(boolean revoked) {
        return new KmsCertificate(
                Role.EXTERNAL,
                root.certUri(),
                root.kmsUri(),
                root.issuer(),
                root.validFrom(),
                root.validTo(),
                revoked,
                root.schedule(),
                root.pubEncKey(),
                root.pubAuthKey(),
                root.domains());
    }

    public KmsKeySet keySet(String userUri, Instant time) {
        return keySet(userUri, root.schedule().at(time));
    }

    public KmsKeySet keySet(String userUri, KeyPeriod period) {
        UserIdentifier uid = UserIdentifier.format2(userUri, root.kmsUri(), root.schedule(), period);
        byte[] scalar = octets(32, seed + 2);
        try (KmsMasterSecret z = z(seed);
                KmsSecretAuthenticationKey ksak = ksak(seed);
                SecretScalar v = SecretScalar.takeFrom(scalar)) {
            PublicValidationToken pvt = EccsiExtraction.pvt(v);
            SecretSigningKey ssk =
                    EccsiExtraction.ssk(ksak, EccsiExtraction.hs(ksak.publicKey(), uid.octets(), pvt), v);
            ReceiverSecretKey rsk = SakkeExtraction.extract(uid.octets(), z);
            return new KmsKeySet(
                    root.kmsUri(),
                    root.certUri(),
                    Optional.empty(),
                    userUri,
                    uid,
                    Optional.of(root.schedule().start(period)),
                    Optional.of(root.schedule().lastSecond(period)),
                    period,
                    false,
                    rsk,
                    ssk,
                    pvt);
        }
    }

    private static KmsMasterSecret z(int seed) {
        return KmsMasterSecret.takeFrom(seed == PUBLISHED ? PUBLISHED_Z.toByteArray() : octets(128, seed));
    }

    private static KmsSecretAuthenticationKey ksak(int seed) {
        return KmsSecretAuthenticationKey.takeFrom(
                seed == PUBLISHED ? PUBLISHED_KSAK.toByteArray() : octets(32, seed + 1));
    }

    /** A number well below the orders of both groups. */
    private static byte[] octets(int length, int value) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) value);
        octets[0] = 0;
        return octets;
    }
}
