package org.mckms.kms.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.kms.infrastructure.vault.VaultFixtures;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.Role;

class EpochTest {

    private static final KmsPublicAuthenticationKey KPAK =
            new KmsPublicAuthenticationKey(VaultFixtures.RFC.octets("kpak"));
    private static final KmsPublicKey ZT = new KmsPublicKey(VaultFixtures.RFC.octets("zTPublic"));
    private static final SealedMasters BLOB =
            new SealedMasters(Octets.copyOf(new byte[12]), Octets.copyOf(new byte[176]));

    @Test
    void epochIdIsSixteenOctets() {
        EpochId id = EpochId.parse("0f8fad5b-d9cb-469f-a165-70867728950e");
        assertThat(id.octets()).isEqualTo(Octets.fromHex("0F8FAD5BD9CB469FA16570867728950E"));
        assertThat(id).hasToString("0f8fad5b-d9cb-469f-a165-70867728950e");
        assertThat(EpochId.parse("0F8FAD5B-D9CB-469F-A165-70867728950E")).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "1-2-3-4-5", "0f8fad5b-d9cb-469f-a165-70867728950", "0f8fad5bd9cb469fa16570867728950e"})
    void epochIdRefusesOtherForms(String text) {
        assertThatThrownBy(() -> EpochId.parse(text)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void certificateSaysWhatTheEpochSays() {
        EpochPlan plan = VaultFixtures.plan(EpochPurpose.PRODUCTION);
        KmsCertificate certificate =
                Epoch.ofPlan(plan, ZT, KPAK, Optional.empty()).certificate();
        assertThat(certificate.role()).isEqualTo(Role.ROOT);
        assertThat(certificate.certUri()).contains(plan.certUri());
        assertThat(certificate.kmsUri()).isEqualTo(plan.kmsUri());
        assertThat(certificate.issuer()).contains(plan.issuer());
        assertThat(certificate.validFrom()).contains(plan.validFrom());
        assertThat(certificate.validTo()).contains(plan.validTo());
        assertThat(certificate.revoked()).isFalse();
        assertThat(certificate.schedule()).isEqualTo(plan.schedule());
        assertThat(certificate.pubEncKey()).isEqualTo(ZT);
        assertThat(certificate.pubAuthKey()).isEqualTo(KPAK);
        assertThat(certificate.domains()).isEqualTo(plan.domains());
    }

    @Test
    void originFollowsTheSealedMasters() {
        EpochPlan plan = VaultFixtures.plan(EpochPurpose.DEVELOPMENT);
        assertThat(Epoch.ofPlan(plan, ZT, KPAK, Optional.empty()).origin()).isEqualTo(EpochOrigin.DERIVED);
        assertThat(Epoch.ofPlan(plan, ZT, KPAK, Optional.of(BLOB)).origin()).isEqualTo(EpochOrigin.IMPORTED);
        assertThatThrownBy(() -> epoch(plan, EpochOrigin.IMPORTED, Optional.empty()))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> epoch(plan, EpochOrigin.DERIVED, Optional.of(BLOB)))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void planRefusesAnEndBeforeItsStartAndAnEmptyUri() {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        assertThatThrownBy(() -> plan("kms.example.org", from, from)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> plan("", from, from.plusSeconds(1))).isInstanceOf(InvalidValueException.class);
        assertThat(plan("kms.example.org", from, from.plusSeconds(1)).validFrom())
                .isEqualTo(from);
    }

    @Test
    void planKeepsItsOwnListOfDomains() {
        List<String> domains = new ArrayList<>(List.of("example.org"));
        EpochPlan plan = new EpochPlan(
                EpochId.parse("0f8fad5b-d9cb-469f-a165-70867728950e"),
                EpochPurpose.PRODUCTION,
                "kms.example.org",
                "cert",
                "issuer",
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(1),
                new KeyPeriodSchedule(2592000, 0),
                domains);
        domains.clear();
        assertThat(plan.domains()).containsExactly("example.org");
    }

    @Test
    void sealedMastersHaveFixedSizes() {
        Octets iv = Octets.copyOf(new byte[12]);
        assertThatThrownBy(() -> new SealedMasters(Octets.copyOf(new byte[16]), Octets.copyOf(new byte[176])))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new SealedMasters(iv, Octets.copyOf(new byte[175])))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new SealedMasters(iv, Octets.copyOf(new byte[177])))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void secretsDoNotPrintThemselves() {
        try (MasterSecrets masters = new MasterSecrets(
                VaultFixtures.publishedKsak(),
                VaultFixtures.publishedZt(),
                SecretOctets.takeFrom(new byte[64]),
                VaultFixtures.plan(EpochPurpose.DEVELOPMENT).derivationContext())) {
            assertThat(masters.toString()).isEqualTo("MasterSecrets[hidden]");
        }
    }

    private static EpochPlan plan(String kmsUri, Instant from, Instant to) {
        return new EpochPlan(
                EpochId.parse("0f8fad5b-d9cb-469f-a165-70867728950e"),
                EpochPurpose.PRODUCTION,
                kmsUri,
                "cert",
                "issuer",
                from,
                to,
                new KeyPeriodSchedule(2592000, 0),
                List.of());
    }

    private static Epoch epoch(EpochPlan plan, EpochOrigin origin, Optional<SealedMasters> blob) {
        return new Epoch(
                plan.id(),
                plan.purpose(),
                origin,
                EpochState.ACTIVE,
                plan.kmsUri(),
                plan.certUri(),
                plan.issuer(),
                plan.validFrom(),
                plan.validTo(),
                plan.schedule(),
                plan.domains(),
                ZT,
                KPAK,
                blob);
    }
}
