package org.mckms.csc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.csc.token.CallerAuthentication;
import org.mckms.csc.token.Decision;
import org.mckms.csc.token.FakeJwkSetSource;
import org.mckms.csc.token.JwkSetCache;
import org.mckms.csc.token.SettableClock;
import org.mckms.csc.token.TestIdm;
import org.mckms.csc.token.TestSettings;
import org.mckms.csc.token.TrustedIssuer;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.token.PresentedToken;
import org.mckms.platform.config.ScopeSettings;
import org.mckms.platform.config.ServerEntry;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class AccessTokenFilterTest {

    private static final SettableClock CLOCK = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private static final String SCOPE = "3gpp:mc:ptt_key_management_service";
    private static final String FINGERPRINT = "ab".repeat(32);

    private static final ServerEntry GMS =
            new ServerEntry("gms", ClientKind.GMS, "sip:gms@example.org", FINGERPRINT, "gms-client", "main");

    private final RecordingAudit audit = new RecordingAudit();
    private final FakeExchange exchange = new FakeExchange();
    private AuthenticatedIdentity passed;
    private Predicate<PresentedToken> revoked = token -> false;
    private String served = Admission.KEY_MANAGEMENT;

    private void filter() throws Exception {
        filter(CLOCK);
    }

    private void filter(Clock clockOfTheRules) throws Exception {
        FakeJwkSetSource source = new FakeJwkSetSource(TestIdm.jwks(TestIdm.rsaJwk(TestIdm.RSA, "rsa", "")));
        JwkSetCache keys = new JwkSetCache(source, JwkSetCache.Limits.STANDARD, CLOCK);
        AccessTokenFilter filter = new AccessTokenFilter(
                new CallerAuthentication(
                        List.of(new TrustedIssuer(TestSettings.strict(), keys)),
                        TestSettings.SCOPES,
                        List.of(GMS),
                        List.of(),
                        revoked,
                        clockOfTheRules),
                new CscAnswers(TestSettings.site(), audit, CLOCK),
                List.of(new OtherResources(true), new OtherResources(false)),
                8444);
        var request = exchange.request();
        filter.doFilter(
                request,
                exchange.response(),
                (in, out) -> passed = Admission.of(request, served).caller());
    }

    /** Resources under {@code /other}, or under anything if they are not served. */
    private record OtherResources(boolean areServed) implements ProtectedResources, Refusals {

        @Override
        public String purpose() {
            return "other management";
        }

        @Override
        public boolean cover(String rawPath) {
            return !areServed || rawPath.startsWith("/other/");
        }

        @Override
        public ScopeSettings scopes() {
            return new ScopeSettings(Set.of("other"), Set.of("other-video"), Set.of("other-data"));
        }

        @Override
        public Refusals refusals() {
            return this;
        }

        @Override
        public void anonymous(HttpServletRequest request, HttpServletResponse out) {
            out.setStatus(491);
        }

        @Override
        public void unauthenticated(HttpServletRequest request, HttpServletResponse out, KmsException why) {
            out.setStatus(492);
        }

        @Override
        public void refused(HttpServletRequest request, HttpServletResponse out, Decision.Refused refused) {
            assertThat(refused.why()).hasMessage("the token has no other management scope");
            out.setStatus(493);
        }
    }

    @Test
    void otherResourcesAreOpenedByTheirOwnScopeOnly() throws Exception {
        exchange.path = "/other/x";
        exchange.header("Authorization", bearer("sip:alice@example.org", SCOPE));
        filter();
        assertThat(exchange.status).isEqualTo(493);
        assertThat(passed).isNull();

        served = "other management";
        exchange.clear().header("Authorization", bearer("sip:alice@example.org", "other"));
        filter();
        assertThat(passed.ownedUris()).containsExactly("sip:alice@example.org");
    }

    @Test
    void theScopeOfOtherResourcesOpensNoKeyManagement() throws Exception {
        exchange.header("Authorization", bearer("sip:alice@example.org", "other"));
        filter();
        assertThat(exchange.status).isEqualTo(403);
        assertThat(passed).isNull();
    }

    @Test
    void otherResourcesRefuseInTheirOwnForm() throws Exception {
        exchange.path = "/other/x";
        filter();
        assertThat(exchange.status).isEqualTo(491);
        exchange.clear().header("Authorization", "Bearer x");
        filter();
        assertThat(exchange.status).isEqualTo(492);
        exchange.clear().header("X-3GPP-Asserted-Identity", "\"sip:gms@example.org\"");
        filter();
        assertThat(exchange.status).isEqualTo(492);
    }

    /** The container decodes a path before it looks for the servlet; the filter does not. */
    @Test
    void whoWasAdmittedToOneIsNotServedByTheOther() {
        exchange.header("Authorization", bearer("sip:alice@example.org", SCOPE));
        served = "other management";
        exchange.path = "/%6fther/x";
        assertThatThrownBy(this::filter).isInstanceOf(KmsException.class);
        assertThat(passed).isNull();
    }

    private static String bearer(String identity, String scope) {
        return bearer("app", identity, scope);
    }

    private static String bearer(String clientId, String identity, String scope) {
        long now = CLOCK.instant().getEpochSecond();
        Map<String, String> claims = new TreeMap<>(Map.of(
                "iss", "\"" + TestSettings.ISS + "\"",
                "aud", "\"" + TestSettings.AUDIENCE + "\"",
                "client_id", "\"" + clientId + "\"",
                "sub", "\"subject-7\"",
                "scope", "\"" + scope + "\"",
                "iat", Long.toString(now),
                "exp", Long.toString(now + 600)));
        if (!identity.isEmpty()) {
            claims.put("mcptt_id", "\"" + identity + "\"");
        }
        return "Bearer " + TestIdm.rs256(TestIdm.RSA, "{\"alg\":\"RS256\"}", TestIdm.claims(claims));
    }

    @Test
    void handsTheCallerOn() throws Exception {
        exchange.header("Authorization", bearer("sip:alice@example.org", SCOPE));
        filter();
        assertThat(passed.ownedUris()).containsExactly("sip:alice@example.org");
        assertThat(passed.source()).isEqualTo("192.0.2.1");
        assertThat(audit.refused).isEmpty();
        assertThat(audit.unauthenticated).isEmpty();
    }

    @Test
    void answers401WithoutErrorIfThereIsNoToken() throws Exception {
        filter();
        assertEmpty(401);
        assertThat(exchange.answered).containsEntry("WWW-Authenticate", "Bearer realm=\"kms\"");
        assertThat(audit.unauthenticated).containsExactly("192.0.2.1 no access token");
    }

    @Test
    void anAssertedIdentityIsNoToken() throws Exception {
        exchange.header("X-3GPP-Asserted-Identity", "\"sip:gms@example.org\"");
        filter();
        assertEmpty(403);
        assertThat(audit.unauthenticated)
                .containsExactly("192.0.2.1 X-3GPP-Asserted-Identity is taken from configured proxies only");
    }

    @Test
    void anAssertedIdentityBesideATokenIsRefused() throws Exception {
        exchange.header("Authorization", bearer("sip:alice@example.org", SCOPE))
                .header("X-3GPP-Asserted-Identity", "\"sip:gms@example.org\"");
        filter();
        assertEmpty(403);
        assertThat(passed).isNull();
    }

    @Test
    void theListenerForProxiesIsForNobodyElse() throws Exception {
        exchange.localPort = 8444;
        exchange.header("Authorization", bearer("sip:alice@example.org", SCOPE));
        filter();
        assertEmpty(403);
        assertThat(passed).isNull();
    }

    @Test
    void forwardingHeadersOfAnybodyAreNotRead() throws Exception {
        exchange.header("Authorization", bearer("sip:alice@example.org", SCOPE))
                .header("Forwarded", "for=198.51.100.7")
                .header("X-Forwarded-For", "198.51.100.7");
        filter();
        assertThat(passed.source()).isEqualTo("192.0.2.1");
    }

    @Test
    void answers401WithErrorIfTheTokenDoesNotHold() throws Exception {
        exchange.header("Authorization", "Bearer a.b.c");
        filter();
        assertEmpty(401);
        assertThat(exchange.answered).containsEntry("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        assertThat(audit.unauthenticated).hasSize(1);
    }

    @Test
    void answers401ToARevokedTokenAndNamesItsHolderToTheAudit() throws Exception {
        revoked = token -> token.uris().contains("sip:alice@example.org");
        exchange.header("Authorization", bearer("sip:alice@example.org", SCOPE));
        filter();
        assertEmpty(401);
        assertThat(exchange.answered).containsEntry("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        assertThat(audit.refused).containsExactly("sip:alice@example.org " + exchange.path + " UNAUTHENTICATED");

        exchange.clear().header("Authorization", bearer("sip:bob@example.org", SCOPE));
        filter();
        assertThat(passed.ownedUris()).containsExactly("sip:bob@example.org");
    }

    @Test
    void letsNobodyPassWhileRevocationsAreNotKnown() throws Exception {
        revoked = token -> {
            throw new KmsException(KmsErrorCode.NOT_READY, "not looked up");
        };
        exchange.header("Authorization", bearer("sip:alice@example.org", SCOPE));
        filter();
        assertEmpty(503);
        assertThat(exchange.answered).containsEntry("Retry-After", "5");
        assertThat(passed).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"exp\":1e99999999999}", "{\"exp\":1e-2147483648}"})
    void answers401ToNumbersThatBreakAParser(String json) throws Exception {
        String part = Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8));
        for (String token : List.of(part + "." + part + ".AAAA", header + "." + part + ".AAAA")) {
            exchange.clear().header("Authorization", "Bearer " + token);
            filter();
            assertEmpty(401);
        }
        assertThat(audit.unauthenticated).hasSize(2);
    }

    @Test
    void answers401IfTheCheckOfATokenBreaks() throws Exception {
        exchange.header("Authorization", bearer("sip:alice@example.org", SCOPE));
        filter(new Clock() {
            @Override
            public Instant instant() {
                throw new ArithmeticException("on purpose");
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        });
        assertEmpty(401);
        assertThat(audit.unauthenticated)
                .containsExactly("192.0.2.1 the token cannot be checked (ArithmeticException)");
    }

    @Test
    void answers400ToTwoAuthorizationHeaders() throws Exception {
        String bearer = bearer("sip:alice@example.org", SCOPE);
        exchange.header("Authorization", bearer).header("Authorization", bearer);
        filter();
        assertEmpty(400);
        assertThat(audit.unauthenticated).hasSize(1);
    }

    @Test
    void answers405ToAnotherMethodEvenWithoutToken() throws Exception {
        exchange.method = "GET";
        filter();
        assertEmpty(405);
        assertThat(exchange.answered).containsEntry("Allow", "POST");
    }

    @Test
    void answers403WithKmsErrorToAKnownCallerWithoutScope() throws Exception {
        exchange.header("Authorization", bearer("sip:alice@example.org", "openid"));
        filter();
        assertThat(passed).isNull();
        assertThat(exchange.status).isEqualTo(403);
        assertThat(exchange.answered).containsEntry("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
        var response = KmsResponseCodec.decode(exchange.written.toByteArray());
        assertThat(response.userUri()).isEqualTo("sip:alice@example.org");
        assertThat(response.error().orElseThrow().code()).isEqualTo(4030);
        assertThat(audit.refused)
                .containsExactly("sip:alice@example.org /keymanagement/identity/v1/init INSUFFICIENT_SCOPE");
        assertThat(audit.unauthenticated).isEmpty();
    }

    @Test
    void answers403ToAUserWhoClaimsTheServersUri() throws Exception {
        exchange.header("Authorization", bearer("sip:gms@example.org", SCOPE));
        filter();
        assertThat(passed).isNull();
        assertThat(exchange.status).isEqualTo(403);
        assertThat(KmsResponseCodec.decode(exchange.written.toByteArray())
                        .error()
                        .orElseThrow()
                        .code())
                .isEqualTo(403);
        assertThat(audit.refused).hasSize(1);
    }

    @Test
    void answers403WithoutBodyToATokenThatNamesNobodyAndSaysWhoseItIs() throws Exception {
        exchange.header("Authorization", bearer("", SCOPE));
        filter();
        assertEmpty(403);
        assertThat(exchange.answered).containsEntry("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
        assertThat(audit.unauthenticated).isEmpty();
        assertThat(audit.refused).containsExactly("app@main /keymanagement/identity/v1/init INSUFFICIENT_SCOPE");
    }

    @Test
    void recordsAServersTokenWithoutItsCertificate() throws Exception {
        exchange.header("Authorization", bearer("gms-client", "", SCOPE));
        filter();
        assertEmpty(403);
        assertThat(audit.unauthenticated).isEmpty();
        assertThat(audit.refused).containsExactly("gms-client@main /keymanagement/identity/v1/init FORBIDDEN_IDENTITY");
        assertThat(audit.refusedCallers)
                .containsExactly(new AuthenticatedIdentity(
                        ClientKind.MC_CLIENT,
                        List.of("gms-client@main"),
                        "main",
                        "subject-7",
                        "gms-client",
                        "192.0.2.1"));
        assertThat(audit.reasons)
                .containsExactly("a server needs its certificate and its own token, both together:"
                        + " token of server gms, certificate of no server");
    }

    @Test
    void doesNotTellTheBearerOfAServersTokenWhatTheTrailSays() throws Exception {
        exchange.header("Authorization", bearer("gms-client", "sip:gms@example.org", SCOPE));
        filter();
        assertThat(exchange.status).isEqualTo(403);
        var response = KmsResponseCodec.decode(exchange.written.toByteArray());
        assertThat(response.userUri()).isEqualTo("sip:gms@example.org");
        assertThat(response.error().orElseThrow().message())
                .isEqualTo("a server needs its certificate and its own token, both together");
        assertThat(audit.reasons).singleElement().asString().endsWith("; it claims sip:gms@example.org");
        assertThat(audit.refusedCallers.get(0).primaryUri()).isEqualTo("gms-client@main");
    }

    @Test
    void closesTheConnectionIfABodyIsOnTheWay() throws Exception {
        filter();
        assertThat(exchange.answered).doesNotContainKey("Connection");
        exchange.clear().announcedLength = 5;
        filter();
        assertEmpty(401);
        assertThat(exchange.answered).containsEntry("Connection", "close");
        exchange.clear().announcedLength = -1;
        exchange.header("Transfer-Encoding", "chunked");
        filter();
        assertThat(exchange.answered).containsEntry("Connection", "close");
    }

    @Test
    void aRequestStaysRefusedIfTheAuditTrailFails() throws Exception {
        audit.broken = true;
        filter();
        assertEmpty(401);
    }

    @Test
    void aRequestThatPassedItByIsAFault() {
        assertThatThrownBy(() -> AccessTokenFilter.callerOf(exchange.request())).isInstanceOf(KmsException.class);
    }

    private void assertEmpty(int status) {
        assertThat(passed).isNull();
        assertThat(exchange.status).isEqualTo(status);
        assertThat(exchange.answer()).isEmpty();
        assertThat(exchange.answered)
                .containsEntry("Content-Length", "0")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Content-Type-Options", "nosniff");
    }
}
