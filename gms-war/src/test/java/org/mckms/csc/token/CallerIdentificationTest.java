package org.mckms.csc.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mckms.protocol.error.KmsErrorCode.FORBIDDEN_IDENTITY;
import static org.mckms.protocol.error.KmsErrorCode.INSUFFICIENT_SCOPE;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.token.PresentedToken;
import org.mckms.kms.domain.token.TokenDigest;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.config.ServerEntry;
import org.mckms.protocol.error.KmsErrorCode;

class CallerIdentificationTest {

    private static final String PTT = "3gpp:mc:ptt_key_management_service";
    private static final String PTT_REL13 = "3gpp:mcptt:key_management_server";
    private static final String VIDEO = "3gpp:mc:video_key_management_service";
    private static final String DATA = "3gpp:mc:data_key_management_service";
    private static final String ALICE = "sip:alice@example.org";
    private static final Instant ISSUED_AT = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant EXPIRES_AT = Instant.parse("2026-03-01T12:10:00Z");

    private static final Octets DIGEST = TokenDigest.of("main", "token-7");

    private static final ServerEntry GMS = TestSettings.gms("aa");
    private static final ServerEntry SERVER = TestSettings.mcpttServer("bb");

    private final CallerIdentification identification =
            new CallerIdentification(TestSettings.SCOPES, "key management", List.of(GMS, SERVER));

    private static VerifiedToken token(String clientId, Set<String> scopes, Map<McService, String> identities) {
        Map<McService, IdentityUri> uris = new EnumMap<>(McService.class);
        identities.forEach((service, uri) -> uris.put(service, IdentityUri.parse(uri)));
        return new VerifiedToken(
                TestSettings.strict(),
                clientId,
                Optional.of("subject"),
                Optional.of("token-7"),
                Optional.of(ISSUED_AT),
                EXPIRES_AT,
                scopes,
                uris);
    }

    private static PresentedToken presented(String... uris) {
        return new PresentedToken(Optional.of(DIGEST), Set.of(uris), Optional.of(ISSUED_AT), EXPIRES_AT);
    }

    private Decision decide(VerifiedToken token, ServerEntry certified) {
        return identification.decide(token, new Sender(Optional.ofNullable(certified), Optional.empty(), "192.0.2.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {PTT, PTT_REL13})
    void aUserOwnsTheIdentityOfTheServiceItsScopeIsFor(String scope) {
        Decision decision = decide(token("app", Set.of("openid", scope), Map.of(McService.MCPTT, ALICE)), null);
        assertThat(decision)
                .isEqualTo(new Decision.Accepted(
                        new AuthenticatedIdentity(
                                        ClientKind.MC_CLIENT, List.of(ALICE), "main", "subject", "app", "192.0.2.1")
                                .under(presented(ALICE)),
                        presented(ALICE)));
    }

    @Test
    void aUserOwnsNoIdentityOfAServiceWithoutScope() {
        Map<McService, String> all = Map.of(
                McService.MCPTT, ALICE,
                McService.MCVIDEO, "sip:alice-video@example.org",
                McService.MCDATA, "sip:alice-data@example.org");
        assertThat(owned(decide(token("app", Set.of(DATA), all), null))).containsExactly("sip:alice-data@example.org");
        assertThat(owned(decide(token("app", Set.of(PTT, VIDEO), all), null)))
                .containsExactly(ALICE, "sip:alice-video@example.org");
    }

    @Test
    void canBeRevokedByIdentitiesWithoutScopeToo() {
        Map<McService, String> two = Map.of(McService.MCPTT, ALICE, McService.MCDATA, "sip:alice-data@example.org");
        Decision decision = decide(token("app", Set.of(DATA), two), null);
        assertThat(((Decision.Accepted) decision).token()).isEqualTo(presented(ALICE, "sip:alice-data@example.org"));
    }

    @Test
    void oneIdentityForAllServicesCountsOnce() {
        Map<McService, String> same = Map.of(McService.MCPTT, ALICE, McService.MCVIDEO, ALICE, McService.MCDATA, ALICE);
        assertThat(owned(decide(token("app", Set.of(PTT, VIDEO, DATA), same), null)))
                .containsExactly(ALICE);
    }

    static Stream<Arguments> refusedUsers() {
        Map<McService, String> alice = Map.of(McService.MCPTT, ALICE);
        return Stream.of(
                arguments("no scope of ours", INSUFFICIENT_SCOPE, Set.of("openid", "3gpp:mc:ptt_service"), alice),
                arguments("empty scope", INSUFFICIENT_SCOPE, Set.of(), alice),
                arguments(
                        "scope in another case",
                        INSUFFICIENT_SCOPE,
                        Set.of("3GPP:mc:ptt_key_management_service"),
                        alice),
                arguments("scope of another service", INSUFFICIENT_SCOPE, Set.of(VIDEO), alice),
                arguments("scope without identity", INSUFFICIENT_SCOPE, Set.of(PTT), Map.of()),
                arguments("the GMS's URI", FORBIDDEN_IDENTITY, Set.of(PTT), Map.of(McService.MCPTT, GMS.uri())),
                arguments(
                        "a server's URI without scope",
                        FORBIDDEN_IDENTITY,
                        Set.of(PTT),
                        Map.of(McService.MCPTT, ALICE, McService.MCDATA, SERVER.uri())),
                arguments(
                        "the GMS's URI in capitals",
                        FORBIDDEN_IDENTITY,
                        Set.of(PTT),
                        Map.of(McService.MCPTT, "SIP:GMS@Example.org")),
                arguments(
                        "the GMS's URI with another scheme",
                        FORBIDDEN_IDENTITY,
                        Set.of(PTT),
                        Map.of(McService.MCPTT, "sips:gms@example.org")),
                arguments(
                        "the GMS's URI with a port",
                        FORBIDDEN_IDENTITY,
                        Set.of(PTT),
                        Map.of(McService.MCPTT, "sip:gms@example.org:5061")),
                arguments(
                        "the GMS's URI with a password",
                        FORBIDDEN_IDENTITY,
                        Set.of(PTT),
                        Map.of(McService.MCPTT, "sip:gms:x@example.org")),
                arguments(
                        "the GMS's URI with a parameter",
                        FORBIDDEN_IDENTITY,
                        Set.of(PTT),
                        Map.of(McService.MCPTT, "sip:gms@example.org;a=b")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusedUsers(String what, KmsErrorCode code, Set<String> scopes, Map<McService, String> identities) {
        Decision.Refused refused = (Decision.Refused) decide(token("app", scopes, identities), null);
        assertThat(refused.why().code()).isEqualTo(code);
        assertThat(refused.answerTo().isPresent()).isEqualTo(!identities.isEmpty());
        assertThat(refused.holder().issuer()).isEqualTo("main");
        assertThat(refused.holder().clientId()).isEqualTo("app");
        assertThat(refused.holder().subject()).isEqualTo("subject");
    }

    @Test
    void aServersTokenOfAnotherIssuerIsNotTheServers() {
        VerifiedToken foreign = new VerifiedToken(
                TestSettings.otherStrict(),
                "gms-client",
                Optional.of("subject"),
                Optional.empty(),
                Optional.empty(),
                EXPIRES_AT,
                Set.of(PTT),
                Map.of());

        Decision.Refused refused = (Decision.Refused) decide(foreign, GMS);

        assertThat(refused.why().code()).isEqualTo(FORBIDDEN_IDENTITY);
        assertThat(refused.audited().getMessage()).contains("token of no server", "certificate of server gms");
        assertThat(refused.holder().primaryUri()).isEqualTo("gms-client@other");
    }

    @Test
    void aServerWithCertificateAndTokenOwnsItsOwnUriOnly() {
        Decision decision = decide(token("gms-client", Set.of(PTT), Map.of()), GMS);
        assertThat(decision)
                .isEqualTo(new Decision.Accepted(
                        new AuthenticatedIdentity(
                                        ClientKind.GMS,
                                        List.of("sip:gms@example.org"),
                                        "main",
                                        "subject",
                                        "gms-client",
                                        "192.0.2.1")
                                .under(presented("sip:gms@example.org")),
                        presented("sip:gms@example.org")));
        Decision withClaim = decide(token("ptt-client", Set.of(DATA), Map.of(McService.MCPTT, SERVER.uri())), SERVER);
        assertThat(owned(withClaim)).containsExactly(SERVER.uri());
        assertThat(((Decision.Accepted) withClaim).caller().kind()).isEqualTo(ClientKind.MC_SERVER);
    }

    static Stream<Arguments> refusedServers() {
        VerifiedToken gms = token("gms-client", Set.of(PTT), Map.of());
        VerifiedToken user = token("app", Set.of(PTT), Map.of(McService.MCPTT, ALICE));
        VerifiedToken gmsAsUser = token("gms-client", Set.of(PTT), Map.of(McService.MCPTT, ALICE));
        VerifiedToken gmsAsServer = token("gms-client", Set.of(PTT), Map.of(McService.MCPTT, SERVER.uri()));
        VerifiedToken noScope = token("gms-client", Set.of("openid"), Map.of());
        return Stream.of(
                arguments("token without certificate", FORBIDDEN_IDENTITY, gms, null),
                arguments("token with claim without certificate", FORBIDDEN_IDENTITY, gmsAsUser, null),
                arguments("certificate of another server", FORBIDDEN_IDENTITY, gms, SERVER),
                arguments("certificate with a user's token", FORBIDDEN_IDENTITY, user, GMS),
                arguments("claim of a user", FORBIDDEN_IDENTITY, gmsAsUser, GMS),
                arguments("claim of another server", FORBIDDEN_IDENTITY, gmsAsServer, GMS),
                arguments("no scope", INSUFFICIENT_SCOPE, noScope, GMS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusedServers(String what, KmsErrorCode code, VerifiedToken token, ServerEntry certified) {
        assertThat(((Decision.Refused) decide(token, certified)).why().code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:g%6ds@example.org", "gms", ""})
    void aServerWhoseLookAlikesAreNotKnownIsAFault(String uri) {
        ServerEntry server = new ServerEntry("odd", ClientKind.GMS, uri, "cc", "odd-client", "main");
        assertThatThrownBy(() -> new CallerIdentification(TestSettings.SCOPES, "key management", List.of(server)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("server odd");
    }

    @Test
    void aServersTokenInOtherHandsIsNamedByItsClientAndTheEntries() {
        VerifiedToken gms = token("gms-client", Set.of(PTT), Map.of(McService.MCPTT, ALICE));
        Decision.Refused refused = (Decision.Refused) decide(gms, SERVER);
        assertThat(refused.holder().ownedUris()).containsExactly("gms-client@main");
        assertThat(refused.answerTo()).contains(ALICE);
        assertThat(refused.why().getMessage()).doesNotContain("ptt");
        assertThat(refused.audited().code()).isEqualTo(FORBIDDEN_IDENTITY);
        assertThat(refused.audited().getMessage())
                .endsWith(": token of server gms, certificate of server ptt; it claims " + ALICE);
    }

    @Test
    void aServerBehindAProxyIsAsserted() {
        VerifiedToken gms = token("gms-client", Set.of(PTT), Map.of());
        Sender asserted = new Sender(Optional.of(GMS), Optional.of("edge"), "192.0.2.9");

        AuthenticatedIdentity caller = ((Decision.Accepted) identification.decide(gms, asserted)).caller();

        assertThat(caller.ownedUris()).containsExactly(GMS.uri());
        assertThat(caller.proxy()).contains("edge");
        assertThat(caller.isAsserted()).isTrue();
        assertThat(caller.source()).isEqualTo("192.0.2.9");
    }

    @Test
    void aUserBehindAProxyIsNotAsserted() {
        Sender proxied = new Sender(Optional.empty(), Optional.of("edge"), "192.0.2.9");
        VerifiedToken user = token("app", Set.of(PTT), Map.of(McService.MCPTT, ALICE));

        AuthenticatedIdentity caller = ((Decision.Accepted) identification.decide(user, proxied)).caller();

        assertThat(caller.proxy()).contains("edge");
        assertThat(caller.isAsserted()).isFalse();
    }

    @Test
    void behindAProxyAServersTokenAloneIsRefused() {
        VerifiedToken gms = token("gms-client", Set.of(PTT), Map.of());
        Sender proxied = new Sender(Optional.empty(), Optional.of("edge"), "192.0.2.9");

        Decision.Refused refused = (Decision.Refused) identification.decide(gms, proxied);

        assertThat(refused.why().code()).isEqualTo(FORBIDDEN_IDENTITY);
        assertThat(refused.audited().getMessage()).contains("asserted identity of no server");
    }

    @Test
    void anAssertedServerWithAUsersTokenIsRefused() {
        Sender asserted = new Sender(Optional.of(GMS), Optional.of("edge"), "192.0.2.9");
        VerifiedToken user = token("app", Set.of(PTT), Map.of(McService.MCPTT, ALICE));

        assertThat(((Decision.Refused) identification.decide(user, asserted))
                        .why()
                        .code())
                .isEqualTo(FORBIDDEN_IDENTITY);
    }

    private static List<String> owned(Decision decision) {
        return ((Decision.Accepted) decision).caller().ownedUris();
    }
}
