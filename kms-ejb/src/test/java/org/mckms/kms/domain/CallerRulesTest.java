package org.mckms.kms.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class CallerRulesTest {

    private static final String ALICE = "sip:alice@example.org";
    private static final String GMS = "sip:gms@example.org";

    private static final String PARTNER = "sip:gms@partner.example";

    private final CallerRules rules = new CallerRules(
            Map.of(GMS, ClientKind.GMS, "sip:mcptt@example.org", ClientKind.MC_SERVER, PARTNER, ClientKind.PARTNER_GMS),
            Set.of("idm"),
            Set.of(),
            new EpochRules(false, false));

    private static AuthenticatedIdentity caller(ClientKind kind, String issuer, String... uris) {
        return new AuthenticatedIdentity(kind, List.of(uris), issuer, "", "client", "192.0.2.1");
    }

    private void refuses(AuthenticatedIdentity caller) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> rules.check(caller))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.FORBIDDEN_IDENTITY));
    }

    @Test
    void everyKindPassesWithItsOwnUri() {
        assertThatCode(() -> {
                    rules.check(caller(ClientKind.MC_CLIENT, "idm", ALICE, "sip:alice2@example.org"));
                    rules.check(caller(ClientKind.GMS, "idm", GMS));
                    rules.check(caller(ClientKind.MC_SERVER, "idm", "sip:mcptt@example.org"));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void noKindPassesWithTheUriOfAnother() {
        refuses(caller(ClientKind.MC_CLIENT, "idm", GMS));
        refuses(caller(ClientKind.MC_CLIENT, "idm", ALICE, GMS));
        refuses(caller(ClientKind.MC_SERVER, "idm", GMS));
        refuses(caller(ClientKind.GMS, "idm", ALICE));
    }

    @Test
    void theGmsOfAPartnerIsNotServedAtAll() {
        refuses(caller(ClientKind.PARTNER_GMS, "idm", PARTNER));
        refuses(caller(ClientKind.PARTNER_GMS, "idm", ALICE));
        refuses(caller(ClientKind.MC_CLIENT, "idm", PARTNER));
        refuses(caller(ClientKind.GMS, "idm", PARTNER));
    }

    @Test
    void anUnknownIssuerSpeaksForNobody() {
        refuses(caller(ClientKind.MC_CLIENT, "other", ALICE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "sip:a b@example.org", "sip:a\tb@example.org", "sip:a\u0000@example.org", "sip:a\u2028@x"})
    void aStrangeUriIsNoIdentity(String uri) {
        refuses(caller(ClientKind.MC_CLIENT, "idm", uri));
    }

    @Test
    void anIdentityHasAtMost512Characters() {
        rules.check(caller(ClientKind.MC_CLIENT, "idm", "sip:" + "a".repeat(508)));

        refuses(caller(ClientKind.MC_CLIENT, "idm", "sip:" + "a".repeat(509)));
    }

    @Test
    void ownUrisAreComparedOctetByOctetAndCountedOnce() {
        AuthenticatedIdentity caller = caller(ClientKind.MC_CLIENT, "idm", ALICE, ALICE);

        assertThat(caller.ownedUris()).containsExactly(ALICE);
        assertThatCode(() -> caller.mayRequest(ALICE)).doesNotThrowAnyException();
        assertThatExceptionOfType(KmsException.class).isThrownBy(() -> caller.mayRequest("sip:alice@example.ORG"));
        assertThatExceptionOfType(KmsException.class).isThrownBy(() -> caller.mayRequest("sip%3Aalice@example.org"));
        assertThatExceptionOfType(KmsException.class).isThrownBy(() -> caller.mayRequest(ALICE + ";x"));
    }

    @Test
    void nobodyOwnsNothing() {
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> caller(ClientKind.MC_CLIENT, "idm"));
    }

    @Test
    void aBlockedIdentityIsToldSoBeforeAnythingElse() {
        RegisteredIdentity blocked = RegisteredIdentity.fresh(
                        ALICE, ClientKind.GMS, Instant.parse("2026-03-01T12:00:00Z"), Optional.empty())
                .blocked("lost");

        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> rules.checkIdentity(caller(ClientKind.MC_CLIENT, "idm", ALICE), blocked))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.IDENTITY_BLOCKED));
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> rules.checkIdentity(caller(ClientKind.MC_CLIENT, "idm", ALICE), blocked.unblocked()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.FORBIDDEN_IDENTITY));
    }

    @Test
    void anOperatorNeedsOneOfTheRoles() {
        OperatorIdentity auditor = new OperatorIdentity("anna", Set.of(OperatorRole.AUDITOR), "4".repeat(64));

        assertThatCode(() -> auditor.mustBeOneOf(OperatorRole.OFFICER, OperatorRole.AUDITOR))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> auditor.must(OperatorRole.OFFICER))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.OPERATOR_ROLE_REQUIRED));
    }
}
