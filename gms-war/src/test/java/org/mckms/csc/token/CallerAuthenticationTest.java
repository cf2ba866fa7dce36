package org.mckms.csc.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.ClientKind;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class CallerAuthenticationTest {

    private static final X509Certificate CERTIFICATE = TestCertificates.gms();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private boolean revoked;
    private final CallerAuthentication authentication = new CallerAuthentication(
            List.of(new TrustedIssuer(
                    TestSettings.strict(),
                    new JwkSetCache(
                            new FakeJwkSetSource(TestIdm.jwks(TestIdm.rsaJwk(TestIdm.RSA, "rsa", ""))),
                            JwkSetCache.Limits.STANDARD,
                            clock))),
            TestSettings.SCOPES,
            List.of(TestSettings.gms(sha256(CERTIFICATE))),
            List.of(),
            token -> revoked,
            clock);

    private String bearer(String clientId, String more) {
        long now = clock.instant().getEpochSecond();
        String claims = TestIdm.claims(Map.of(
                "iss",
                "\"" + TestSettings.ISS + "\"",
                "aud",
                "\"" + TestSettings.AUDIENCE + "\"",
                "client_id",
                "\"" + clientId + "\"",
                "scope",
                "\"3gpp:mc:ptt_key_management_service\"",
                "iat",
                Long.toString(now),
                "exp",
                Long.toString(now + 600)));
        String all = claims.substring(0, claims.length() - 1) + more + "}";
        return "Bearer " + TestIdm.rs256(TestIdm.RSA, "{\"alg\":\"RS256\",\"kid\":\"rsa\"}", all);
    }

    @Test
    void knowsAServerByCertificateAndToken() {
        Decision decision = authenticate(Optional.of(CERTIFICATE), bearer("gms-client", ""));
        assertThat(((Decision.Accepted) decision).caller().kind()).isEqualTo(ClientKind.GMS);
    }

    @Test
    void aCertificateAloneIsNobody() {
        assertThat(authenticate(Optional.of(CERTIFICATE))).isEqualTo(new Decision.Anonymous());
    }

    @Test
    void aRevokedTokenIsRefusedUnderTheNameItHad() {
        revoked = true;
        Decision.Refused refused = (Decision.Refused)
                authenticate(Optional.empty(), bearer("app", ",\"mcptt_id\":\"sip:alice@example.org\""));
        assertThat(refused.why().code()).isEqualTo(KmsErrorCode.UNAUTHENTICATED);
        assertThat(refused.why()).hasMessage("the token was revoked");
        assertThat(refused.holder().primaryUri()).isEqualTo("sip:alice@example.org");
        assertThat(refused.answerTo()).isEmpty();
    }

    @Test
    void anExpiredCertificateIsNone() {
        clock.advance(Duration.ofDays(365 * 200));
        assertThat(authenticate(Optional.of(CERTIFICATE), bearer("gms-client", "")))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void aUserWithACertificateThatIsNoServersIsAUser() {
        String bearer = bearer("app", ",\"mcptt_id\":\"sip:alice@example.org\"");
        Decision decision = authenticate(Optional.of(TestCertificates.stranger()), bearer);
        assertThat(((Decision.Accepted) decision).caller().kind()).isEqualTo(ClientKind.MC_CLIENT);
    }

    @Test
    void aBadTokenIsRefusedWhateverTheCertificate() {
        assertThatThrownBy(() -> authenticate(Optional.of(CERTIFICATE), "Bearer a.b.c"))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.UNAUTHENTICATED));
    }

    private Decision authenticate(Optional<X509Certificate> certificate, String... authorization) {
        Sender sender =
                authentication.recognise(new Arrival(false, certificate, "192.0.2.1", List.of(), List.of(), List.of()));
        return authentication.authenticate(List.of(authorization), sender);
    }

    private static String sha256(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
