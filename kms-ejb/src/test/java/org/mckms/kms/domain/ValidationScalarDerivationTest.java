package org.mckms.kms.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.kms.domain.DerivationFixtures.VECTORS;
import static org.mckms.kms.domain.DerivationFixtures.context;
import static org.mckms.kms.domain.DerivationFixtures.key;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.mikeysakke.secret.SecretScalar;

class ValidationScalarDerivationTest {

    private static final int LARGEST_ISSUE = Integer.MAX_VALUE;
    private static final int LARGEST_ATTEMPT = 255;

    @ParameterizedTest
    @CsvSource({
        "PRODUCTION, raw, 0, 0",
        "PRODUCTION, raw, 0, 1",
        "PRODUCTION, raw, 1, 0",
        "PRODUCTION, raw, 2147483647, 255",
        "PRODUCTION, asciiHex, 0, 0",
        "PRODUCTION, asciiHex, 0, 1",
        "PRODUCTION, asciiHex, 1, 0",
        "PRODUCTION, asciiHex, 2147483647, 255",
        "DEVELOPMENT, raw, 0, 0",
        "DEVELOPMENT, raw, 0, 1",
        "DEVELOPMENT, raw, 1, 0",
        "DEVELOPMENT, raw, 2147483647, 255",
        "DEVELOPMENT, asciiHex, 0, 0",
        "DEVELOPMENT, asciiHex, 0, 1",
        "DEVELOPMENT, asciiHex, 1, 0",
        "DEVELOPMENT, asciiHex, 2147483647, 255"
    })
    void scalarIsThatOfTheIndependentProgram(EpochPurpose purpose, String dialect, int issue, int attempt) {
        assertThat(v(purpose, VECTORS.octets("identity." + dialect), issue, attempt))
                .isEqualTo(VECTORS.octets(key(purpose, "v." + dialect + "." + issue + "." + attempt)));
    }

    @Test
    void neverGivesOneScalarForTwoInputsOfHs() {
        Octets raw = VECTORS.octets("identity.raw");
        List<Octets> identities = List.of(
                raw,
                VECTORS.octets("identity.asciiHex"),
                raw.slice(0, 31),
                raw.concat(Octets.fromHex("00")),
                Octets.fromHex("00").concat(raw));
        Set<Octets> seen = new HashSet<>();
        int asked = 0;
        for (EpochPurpose purpose : EpochPurpose.values()) {
            for (Octets identity : identities) {
                for (int issue : List.of(0, 1, 256, LARGEST_ISSUE)) {
                    for (int attempt : List.of(0, 1, LARGEST_ATTEMPT)) {
                        seen.add(v(purpose, identity, issue, attempt));
                        asked++;
                    }
                }
            }
        }
        assertThat(seen).hasSize(asked);
    }

    @Test
    void changesWithEachPartOfTheEpoch() {
        DerivationContext epoch = context(EpochPurpose.PRODUCTION);
        EpochId otherId = EpochId.parse("0f8fad5b-d9cb-469f-a165-70867728950f");
        Set<Octets> seen = new HashSet<>();
        seen.add(v(epoch, kpak(EpochPurpose.PRODUCTION)));
        seen.add(v(epoch, kpak(EpochPurpose.DEVELOPMENT)));
        seen.add(v(
                new DerivationContext(EpochPurpose.PRODUCTION, otherId, epoch.kmsUri()),
                kpak(EpochPurpose.PRODUCTION)));
        seen.add(v(
                new DerivationContext(EpochPurpose.PRODUCTION, epoch.epoch(), "KMS.example.org"),
                kpak(EpochPurpose.PRODUCTION)));
        assertThat(seen).hasSize(4);
    }

    @Test
    void refusesWhatItsFieldsCannotHold() {
        Octets identity = VECTORS.octets("identity.raw");
        Octets tooLong = Octets.copyOf(new byte[0x10000]);
        assertThatThrownBy(() -> v(EpochPurpose.PRODUCTION, identity, -1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> v(EpochPurpose.PRODUCTION, identity, 0, -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> v(EpochPurpose.PRODUCTION, identity, 0, 256))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> v(EpochPurpose.PRODUCTION, tooLong, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Octets v(EpochPurpose purpose, Octets identity, int issue, int attempt) {
        try (SecretOctets kV = SecretOctets.takeFrom(VECTORS.array(key(purpose, "kV")));
                SecretScalar v =
                        ValidationScalarDerivation.v(kV, context(purpose), kpak(purpose), identity, issue, attempt)) {
            return v.use(Octets::copyOf);
        }
    }

    private static Octets v(DerivationContext epoch, KmsPublicAuthenticationKey kpak) {
        try (SecretOctets kV = SecretOctets.takeFrom(VECTORS.array("production.kV"));
                SecretScalar v = ValidationScalarDerivation.v(kV, epoch, kpak, VECTORS.octets("identity.raw"), 0, 0)) {
            return v.use(Octets::copyOf);
        }
    }

    private static KmsPublicAuthenticationKey kpak(EpochPurpose purpose) {
        return new KmsPublicAuthenticationKey(VECTORS.octets(key(purpose, "kpak")));
    }
}
