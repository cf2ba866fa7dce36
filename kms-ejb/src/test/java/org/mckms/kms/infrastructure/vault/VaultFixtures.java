package org.mckms.kms.infrastructure.vault;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.EpochPlan;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.EpochState;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.kms.domain.SealedMasters;
import org.mckms.kms.domain.Vectors;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.mikeysakke.secret.SecretScalar;

/** Plans, epochs and masters for tests of the vault. */
public final class VaultFixtures {

    public static final Vectors RFC = Vectors.of("extraction/rfc.properties");
    public static final Vectors DOMAIN = Vectors.of("extraction/domain.properties");

    private VaultFixtures() {}

    /** A plan with the KMS URI and key periods of {@code vectors/extraction/domain.properties}. */
    public static EpochPlan plan(EpochPurpose purpose) {
        return plan(purpose, new EpochId(UUID.randomUUID()));
    }

    static EpochPlan plan(EpochPurpose purpose, EpochId id) {
        return new EpochPlan(
                id,
                purpose,
                DOMAIN.text("kmsUri"),
                "cert1." + DOMAIN.text("kmsUri"),
                "Test issuer",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2028-01-01T00:00:00Z"),
                new KeyPeriodSchedule(DOMAIN.number("userKeyPeriod"), DOMAIN.number("userKeyOffset")),
                List.of("example.org"));
    }

    /** KSAK of RFC 6507 appendix A. */
    public static KmsSecretAuthenticationKey publishedKsak() {
        return KmsSecretAuthenticationKey.takeFrom(RFC.array("ksak"));
    }

    /** z of RFC 6508 appendix A. */
    public static KmsMasterSecret publishedZt() {
        return KmsMasterSecret.takeFrom(RFC.array("zT"));
    }

    static KmsSecretAuthenticationKey ownKsak() {
        return KmsSecretAuthenticationKey.takeFrom(
                Octets.fromHex("5A".repeat(32)).toByteArray());
    }

    static KmsMasterSecret ownZt() {
        return KmsMasterSecret.takeFrom(Octets.fromHex("15".repeat(128)).toByteArray());
    }

    /** The epoch with other values where given. */
    static Epoch altered(Epoch epoch, Optional<SealedMasters> blob, KmsPublicKey zT, EpochId id, String kmsUri) {
        return new Epoch(
                id,
                epoch.purpose(),
                epoch.origin(),
                epoch.state(),
                kmsUri,
                epoch.certUri(),
                epoch.issuer(),
                epoch.validFrom(),
                epoch.validTo(),
                epoch.schedule(),
                epoch.domains(),
                zT,
                epoch.kpak(),
                blob);
    }

    static Epoch retired(Epoch epoch) {
        return new Epoch(
                epoch.id(),
                epoch.purpose(),
                epoch.origin(),
                EpochState.RETIRED,
                epoch.kmsUri(),
                epoch.certUri(),
                epoch.issuer(),
                epoch.validFrom(),
                epoch.validTo(),
                epoch.schedule(),
                epoch.domains(),
                epoch.zT(),
                epoch.kpak(),
                epoch.sealedMasters());
    }

    /** A clear copy of the KSAK of test masters. */
    static Octets ksak(MasterSecrets masters) {
        return masters.ksak().use(Octets::copyOf);
    }

    /** A clear copy of some v, to compare epochs and generations by. */
    static Octets someScalar(MasterSecrets masters) {
        try (SecretScalar v = masters.validationScalar(Octets.fromHex("AB".repeat(32)), 0, 0)) {
            return v.use(Octets::copyOf);
        }
    }
}
