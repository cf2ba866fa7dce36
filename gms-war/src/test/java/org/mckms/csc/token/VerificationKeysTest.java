package org.mckms.csc.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.csc.token.TestIdm.ecJwk;
import static org.mckms.csc.token.TestIdm.jwks;
import static org.mckms.csc.token.TestIdm.rsaJwk;

import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationKeysTest {

    private static final String GOOD = rsaJwk(TestIdm.RSA, "good", "");

    @Test
    void choosesByKeyIdAndType() throws IOException {
        VerificationKeys keys = VerificationKeys.parse(jwks(GOOD, ecJwk(TestIdm.EC, "P-256", "ec", "")));
        assertThat(keys.candidates(Optional.of("good"), JWSAlgorithm.RS256)).hasSize(1);
        assertThat(keys.candidates(Optional.of("good"), JWSAlgorithm.PS256)).hasSize(1);
        assertThat(keys.candidates(Optional.of("good"), JWSAlgorithm.ES256)).isEmpty();
        assertThat(keys.candidates(Optional.of("ec"), JWSAlgorithm.ES256)).hasSize(1);
        assertThat(keys.candidates(Optional.of("ec"), JWSAlgorithm.RS256)).isEmpty();
        assertThat(keys.candidates(Optional.empty(), JWSAlgorithm.ES256)).hasSize(1);
        assertThat(keys.candidates(Optional.of("none"), JWSAlgorithm.RS256)).isEmpty();
    }

    @Test
    void neverOffersAKeyForAnAlgorithmWithSharedSecrets() throws IOException {
        VerificationKeys keys = VerificationKeys.parse(jwks(GOOD));
        assertThat(keys.candidates(Optional.of("good"), JWSAlgorithm.HS256)).isEmpty();
        assertThat(keys.candidates(Optional.empty(), new JWSAlgorithm("none"))).isEmpty();
    }

    @Test
    void keepsAKeyToTheAlgorithmItIsMeantFor() throws IOException {
        VerificationKeys keys = VerificationKeys.parse(jwks(rsaJwk(TestIdm.RSA, "ps", ",\"alg\":\"PS256\"")));
        assertThat(keys.candidates(Optional.of("ps"), JWSAlgorithm.PS256)).hasSize(1);
        assertThat(keys.candidates(Optional.of("ps"), JWSAlgorithm.RS256)).isEmpty();
    }

    @Test
    void triesNoMoreThanFourKeysForATokenWithoutKeyId() throws IOException {
        String[] four = {GOOD, GOOD, GOOD, GOOD};
        assertThat(VerificationKeys.parse(jwks(four)).candidates(Optional.empty(), JWSAlgorithm.RS256))
                .hasSize(4);
        String[] five = {GOOD, GOOD, GOOD, GOOD, GOOD};
        assertThat(VerificationKeys.parse(jwks(five)).candidates(Optional.empty(), JWSAlgorithm.RS256))
                .isEmpty();
    }

    @Test
    void leavesOutWhatMustNotVerify() throws IOException {
        VerificationKeys keys = VerificationKeys.parse(jwks(
                GOOD,
                rsaJwk(TestIdm.rsa(1024), "short", ""),
                rsaJwk(TestIdm.STRANGER, "encryption", ",\"use\":\"enc\""),
                rsaJwk(TestIdm.STRANGER, "wrapping", ",\"key_ops\":[\"wrapKey\"]"),
                ecJwk(TestIdm.ec("secp384r1"), "P-384", "p384", ""),
                "{\"kty\":\"oct\",\"kid\":\"shared\",\"k\":\"AAECAwQFBgcICQoLDA0ODw\"}"));
        assertThat(keys.size()).isEqualTo(1);
        assertThat(keys.has("good")).isTrue();
    }

    @Test
    void refusesASetWithAPrivateKey() {
        assertThatThrownBy(() -> VerificationKeys.parse(jwks(rsaJwk(TestIdm.RSA, "leaked", ",\"d\":\"AQAB\""))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("private key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{\"keys\":[]}", "{\"keys\":{}}", "<jwks/>", "{\"keys\":[{\"kty\":\"RSA\"}]}"})
    void refusesWhatIsNoUsableJwks(String text) {
        assertThatThrownBy(() -> VerificationKeys.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    /** RFC 7638 clause 3.1: the example and its thumbprint. */
    @Test
    void knowsAKeyByItsThumbprintHoweverItIsWritten() throws IOException {
        String n =
                "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCi"
                        + "FV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnY"
                        + "b9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0"
                        + "Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
        byte[] number = Base64.getUrlDecoder().decode(n);
        byte[] padded = new byte[number.length + 1];
        System.arraycopy(number, 0, padded, 1, number.length);
        String thumbprint = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
        for (String form : List.of(n, TestIdm.base64url(padded))) {
            VerificationKeys keys = VerificationKeys.parse(
                    jwks("{\"kty\":\"RSA\",\"n\":\"" + form + "\",\"e\":\"AQAB\",\"kid\":\"2011-04-29\"}"));
            assertThat(keys.thumbprints()).containsExactly(thumbprint);
            assertThat(keys.publishes(thumbprint)).isTrue();
            assertThat(keys.publishes("other")).isFalse();
        }
    }

    @Test
    void refusesAPointOffTheCurve() {
        String off = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"off\",\"x\":\"" + TestIdm.base64url(new byte[32])
                + "\",\"y\":\"" + TestIdm.base64url(new byte[32]) + "\"}";
        assertThatThrownBy(() -> VerificationKeys.parse(jwks(off))).isInstanceOf(IOException.class);
    }

    @Test
    void refusesTheTrivialExponent() {
        String n = TestIdm.base64url(
                ((RSAPublicKey) TestIdm.RSA.getPublic()).getModulus().toByteArray());
        String one = "{\"kty\":\"RSA\",\"kid\":\"one\",\"n\":\"" + n + "\",\"e\":\"AQ\"}";
        assertThatThrownBy(() -> VerificationKeys.parse(jwks(one))).isInstanceOf(IOException.class);
    }
}
