package org.mckms.mikeysakke.secretcode;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * Reads the compiled classes of the packages that handle secrets and finds operations whose time depends on values or that leave
 * copies which nobody can wipe.
 *
 * <p>It knows operations, not values: it does not see an array index or an {@code if} that depends on a secret int or octet. What it
 * finds on public data is listed in {@link #ALLOWED} and {@link #WITHOUT_SECRETS} with the reason why the data is public.
 */
class SecretCodeTest {
    private static final List<String> PACKAGES = List.of(
            "field",
            "curve",
            "pairing",
            "core",
            "sakke",
            "eccsi",
            "secret",
            "kdf",
            "mikey",
            "Sha256.class",
            "HmacSha256.class");

    private static final List<WithoutSecrets> WITHOUT_SECRETS = List.of(
            new WithoutSecrets("CoreContest", "times cores on samples made for that"),
            new WithoutSecrets("CoreSample", "made for a trial and thrown away"),
            new WithoutSecrets("CoreScalars", "the scalars of these samples"),
            new WithoutSecrets("CoreTrial", "judges cores by these samples"),
            new WithoutSecrets("CoreSpeed", "the times taken"),
            new WithoutSecrets("CoreSelection", "tells which core was chosen"),
            new WithoutSecrets("WrongResultException", "tells which operation of a core failed its trial"),
            new WithoutSecrets("CsIdMap", "crypto sessions, sent in clear"),
            new WithoutSecrets("CryptoSession", "sent in clear"),
            new WithoutSecrets("KeyParameters", "tell about a key, not the key"),
            new WithoutSecrets("ParameterCodec", "the same in octets"),
            new WithoutSecrets("MessageParts", "messages as sent"),
            new WithoutSecrets("MessageReader", "messages as received"),
            new WithoutSecrets("MikeyMessage", "messages as sent and received"),
            new WithoutSecrets("MikeyPayload", "payloads as sent and received"),
            new WithoutSecrets("OctetReader", "fields of a message or of key parameters"));

    private static final List<Allowed> ALLOWED = List.of(
            new Allowed(SecretCodeRule.DIVISION, "ModularInverse.batches", "the length of the modulus"),
            new Allowed(SecretCodeRule.DIVISION, "ModularInverse.limbs", "the length of the modulus"),
            new Allowed(SecretCodeRule.DIVISION, "ModularInverse.<init>", "the length of the modulus"),
            new Allowed(SecretCodeRule.DIVISION, "OrderField.<init>", "the length of the modulus"),
            new Allowed(SecretCodeRule.DIVISION, "SakkeLimbs.read", "the index of a limb"),
            new Allowed(SecretCodeRule.DIVISION, "SakkeLimbs.write", "the index of a limb"),
            new Allowed(SecretCodeRule.LONG_COMPARISON, "ModularInverse.requireZero", "zero always"),
            new Allowed(SecretCodeRule.DIVISION, "WindowDigits.count", "the width of a window"),
            new Allowed(SecretCodeRule.DIVISION, "WindowDigits.window", "the index of a bit"),
            new Allowed(SecretCodeRule.LONG_COMPARISON, "SakkePoints.requireOnCurve", "whether the point is refused"),
            new Allowed(SecretCodeRule.LONG_COMPARISON, "SakkePoints.requireOrderQ", "whether the point is refused"),
            new Allowed(SecretCodeRule.LONG_COMPARISON, "ScalarFixedBase.isSum", "the result"),
            new Allowed(SecretCodeRule.LONG_COMPARISON, "ScalarFixedBase.isIdentity", "whether a result is missing"),
            new Allowed(SecretCodeRule.LONG_COMPARISON, "ExtractionCheck.isInverse", "the result"),
            new Allowed(SecretCodeRule.LONG_COMPARISON, "ExtractionCheck.isSame", "the result"),
            new Allowed(SecretCodeRule.LONG_COMPARISON, "SakkeExtraction.sum", "whether the identity is refused"),
            new Allowed(SecretCodeRule.LONG_COMPARISON, "SakkeExtractor.copy", "whether the scalar is refused"),
            new Allowed(SecretCodeRule.LONG_COMPARISON, "Representatives.write", "not zero for points of order q"),
            new Allowed(SecretCodeRule.LONG_COMPARISON, "StepFunctions.scale", "not zero for points of order q"),
            new Allowed(SecretCodeRule.HASH_TABLE, "SelectedSakkeCore.<init>", "tables of public keys, by identity"),
            new Allowed(SecretCodeRule.HASH_TABLE, "KnownSigners.<init>", "hashes of identities and tokens"));

    private static final CompiledModule LIBRARY =
            new CompiledModule(SecretOctets.class, PACKAGES, WITHOUT_SECRETS, ALLOWED);

    @Test
    void handlesSecretsInConstantTimeAndWipeableForm() {
        LIBRARY.requireNoOffence();
    }

    @Test
    void allowsNothingThatIsNotThere() {
        LIBRARY.requireThatExceptionsAreNeeded();
    }
}
