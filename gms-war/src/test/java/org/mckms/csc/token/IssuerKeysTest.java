package org.mckms.csc.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.csc.token.TestIdm.ecJwk;
import static org.mckms.csc.token.TestIdm.es256;
import static org.mckms.csc.token.TestIdm.jwks;
import static org.mckms.csc.token.TestIdm.ps256;
import static org.mckms.csc.token.TestIdm.rs256;
import static org.mckms.csc.token.TestIdm.rsaJwk;

import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mckms.platform.config.TokenIssuerSettings;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Two issuers, and what they may not have in common. */
class IssuerKeysTest {

    private static final KeyPair SHARED = TestIdm.RSA;
    private static final KeyPair OWN = TestIdm.STRANGER;
    private static final String OTHER_ISS = "https://other.example.org";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final FakeJwkSetSource mainKeys =
            new FakeJwkSetSource(jwks(rsaJwk(SHARED, "rsa", ""), ecJwk(TestIdm.EC, "P-256", "ec", "")));
    private final FakeJwkSetSource otherKeys =
            new FakeJwkSetSource(jwks(rsaJwk(OWN, "own", ""), rsaJwk(SHARED, "other-id", ",\"alg\":\"PS256\"")));

    private TrustedIssuer issuer(TokenIssuerSettings settings, JwkSetSource source) {
        return new TrustedIssuer(settings, new JwkSetCache(source, JwkSetCache.Limits.STANDARD, clock));
    }

    private AccessTokenValidator validator(TrustedIssuer... issuers) {
        return new AccessTokenValidator(List.of(issuers), clock);
    }

    private AccessTokenValidator both() {
        AccessTokenValidator both =
                validator(issuer(TestSettings.strict(), mainKeys), issuer(TestSettings.otherStrict(), otherKeys));
        both.readKeys();
        return both;
    }

    private String claims(String iss) {
        return TestIdm.claims(Map.of(
                "iss",
                "\"" + iss + "\"",
                "aud",
                "\"" + TestSettings.AUDIENCE + "\"",
                "client_id",
                "\"app\"",
                "scope",
                "\"openid\"",
                "iat",
                Long.toString(clock.instant().getEpochSecond()),
                "exp",
                Long.toString(clock.instant().getEpochSecond() + 600)));
    }

    @Test
    void aKeyThatBothPublishVerifiesForNeither() {
        AccessTokenValidator both = both();
        refuses(both, rs256(SHARED, "{\"alg\":\"RS256\",\"kid\":\"rsa\"}", claims(TestSettings.ISS)));
        refuses(both, ps256(SHARED, "{\"alg\":\"PS256\",\"kid\":\"other-id\"}", claims(OTHER_ISS)));
    }

    @Test
    void theOtherKeysOfBothGoOnToVerify() {
        AccessTokenValidator both = both();
        String main = es256(TestIdm.EC, "{\"alg\":\"ES256\",\"kid\":\"ec\"}", claims(TestSettings.ISS));
        String other = rs256(OWN, "{\"alg\":\"RS256\",\"kid\":\"own\"}", claims(OTHER_ISS));
        assertThat(both.validate(main).issuer().name()).isEqualTo("main");
        assertThat(both.validate(other).issuer().name()).isEqualTo("other");
    }

    @Test
    void aKeyThatOneHasTakenOutVerifiesForTheOther() {
        AccessTokenValidator both = both();
        otherKeys.content = jwks(rsaJwk(OWN, "own", ""));
        clock.advance(JwkSetCache.Limits.STANDARD.refreshAfter());
        both.readKeys();
        String token = rs256(SHARED, "{\"alg\":\"RS256\",\"kid\":\"rsa\"}", claims(TestSettings.ISS));
        assertThat(both.validate(token).clientId()).isEqualTo("app");
    }

    @Test
    void eachNeedsAJwksOfItsOwn() {
        for (TokenIssuerSettings other : List.of(TestSettings.lenient(), TestSettings.otherStrict())) {
            assertThatThrownBy(() -> validator(issuer(TestSettings.strict(), mainKeys), issuer(other, mainKeys)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(other.name());
        }
    }

    @Test
    void twoOfOneNameAreAFault() {
        assertThatThrownBy(() ->
                        validator(issuer(TestSettings.strict(), mainKeys), issuer(TestSettings.strict(), otherKeys)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void refuses(AccessTokenValidator validator, String token) {
        assertThatThrownBy(() -> validator.validate(token))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.UNAUTHENTICATED));
    }
}
