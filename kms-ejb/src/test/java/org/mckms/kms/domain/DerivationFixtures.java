package org.mckms.kms.domain;

import java.util.Locale;
import org.mckms.mikeysakke.secret.SecretOctets;

/** The root key, epoch and contexts of {@code vectors/derivation}. */
final class DerivationFixtures {

    static final Vectors VECTORS = Vectors.of("derivation/derivation.properties");

    private DerivationFixtures() {}

    static SecretOctets root() {
        return SecretOctets.takeFrom(VECTORS.array("root"));
    }

    static DerivationContext context(EpochPurpose purpose) {
        return new DerivationContext(purpose, EpochId.parse(VECTORS.text("epoch")), VECTORS.text("kmsUri"));
    }

    static String key(EpochPurpose purpose, String name) {
        return purpose.name().toLowerCase(Locale.ROOT) + "." + name;
    }
}
