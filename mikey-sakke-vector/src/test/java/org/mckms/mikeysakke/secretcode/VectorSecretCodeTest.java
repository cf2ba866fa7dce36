package org.mckms.mikeysakke.secretcode;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.vector.VectorSakkeField;

/** The rules for compiled code that handles secrets, on the vector core. */
class VectorSecretCodeTest {
    private static final List<WithoutSecrets> WITHOUT_SECRETS =
            List.of(new WithoutSecrets("Modulus", "p and its multiples"));

    private static final List<Allowed> ALLOWED = List.of(
            new Allowed(SecretCodeRule.BIG_INTEGER, "LaneInversion.modulus", "p"),
            new Allowed(SecretCodeRule.BIG_INTEGER, "VectorSakkeField.<clinit>", "1, R and R^2"),
            new Allowed(SecretCodeRule.BIG_INTEGER, "VectorSakkeField.pack", "1, R and R^2"),
            new Allowed(SecretCodeRule.DIVISION, "VectorSakkeField.pack", "the index of a limb"),
            new Allowed(SecretCodeRule.DIVISION, "VectorSakkeField.isZero", "the index of a lane"),
            new Allowed(SecretCodeRule.BIG_INTEGER, "PointEntry.one", "R"),
            new Allowed(SecretCodeRule.DIVISION, "LaneDigits.<clinit>", "the number of windows"),
            new Allowed(SecretCodeRule.DIVISION, "LanePowerTable.power", "the number of a step"),
            new Allowed(SecretCodeRule.DIVISION, "LanePowerTable.multiplyLanes", "the distance of two lanes"),
            new Allowed(SecretCodeRule.DIVISION, "LaneRotation.addLanes", "the distance of two lanes"),
            new Allowed(SecretCodeRule.LONG_COMPARISON, "VectorFixedBase.encapsulate", "whether a result is missing"),
            new Allowed(SecretCodeRule.LONG_COMPARISON, "VectorFixedBase.isSum", "the result"),
            new Allowed(SecretCodeRule.DIVISION, "Encoding.read", "the index of a limb"),
            new Allowed(SecretCodeRule.DIVISION, "Encoding.write", "the index of a limb"));

    private static final CompiledModule VECTOR_CORE =
            new CompiledModule(VectorSakkeField.class, List.of("vector"), WITHOUT_SECRETS, ALLOWED);

    @Test
    void handlesSecretsInConstantTimeAndWipeableForm() {
        VECTOR_CORE.requireNoOffence();
    }

    @Test
    void allowsNothingThatIsNotThere() {
        VECTOR_CORE.requireThatExceptionsAreNeeded();
    }
}
