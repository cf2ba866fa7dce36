package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.AUDITOR;
import static org.mckms.kms.application.ServerRig.BOB;
import static org.mckms.kms.application.ServerRig.OFFICER;
import static org.mckms.kms.application.ServerRig.OPERATOR;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.token.PresentedToken;
import org.mckms.kms.domain.token.RevokedTokens;
import org.mckms.kms.domain.token.TokenDigest;
import org.mckms.kms.domain.token.TokenRevocation;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class TokenRevocationsTest {

    private final ServerRig rig = new ServerRig();
    private final Instant start = rig.time.instant();
    private final TokenRevocations revocations = new TokenRevocations();

    @BeforeEach
    void wire() {
        revocations.revocations = rig.repositories.tokenRevocations();
        revocations.known = new RevokedTokens(rig.time);
        revocations.known.looked(List.of(), start);
        revocations.transactions = rig.transactions;
        revocations.recorded = rig.recorded;
        revocations.settings = rig.settings;
        revocations.ceks = rig.ceks.endings;
        revocations.identities = rig.identities;
        revocations.clock = rig.time;
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static PresentedToken token(String jti, String uri, Instant issuedAt) {
        return new PresentedToken(
                Optional.of(TokenDigest.of("idm", jti)),
                Set.of(uri),
                Optional.of(issuedAt),
                issuedAt.plus(Duration.ofHours(1)));
    }

    private TokenRevocationView revokeOne() {
        return revocations.revokeToken(OPERATOR, "idm", "a-7", Optional.empty());
    }

    private static void refuses(KmsErrorCode code, ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void revokesOneTokenAtOnce() {
        TokenRevocationView made = revocations.revokeToken(OPERATOR, "idm", "a-7", Optional.of("phone lost"));

        assertThat(made.revokedBy()).isEqualTo("peter");
        assertThat(revocations.known.isRevoked(token("a-7", ALICE, start))).isTrue();
        assertThat(revocations.known.isRevoked(token("a-8", ALICE, start))).isFalse();
        assertThat(revocations.list(AUDITOR, 10)).containsExactly(made);
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.TOKEN_REVOKED);
        assertThat(rig.audit.last().actor()).isEqualTo("operator:peter");
        assertThat(rig.audit.last().details())
                .containsEntry("issuer", "idm")
                .containsEntry("jti", "a-7")
                .containsEntry("reason", "phone lost");
    }

    @Test
    void revokesAllOlderOnesOfAnIdentity() {
        TokenRevocationView made = revocations.revokeOlder(OFFICER, ALICE, Optional.of(start), Optional.empty());

        assertThat(revocations.known.isRevoked(token("a", ALICE, start.minusSeconds(1))))
                .isTrue();
        assertThat(revocations.known.isRevoked(token("a", ALICE, start))).isFalse();
        assertThat(revocations.known.isRevoked(token("a", BOB, start.minusSeconds(1))))
                .isFalse();
        assertThat(rig.audit.last().subject()).isEqualTo(ALICE);
        assertThat(made.issuedBefore()).contains(start);
        assertThat(revocations.list(AUDITOR, 10)).containsExactly(made);
    }

    @Test
    void worksWithoutTheVault() {
        rig.vault.close();
        revokeOne();
        assertThat(revocations.known.isRevoked(token("a-7", ALICE, start))).isTrue();
    }

    @Test
    void showsTheNewestFirst() {
        revokeOne();
        rig.time.advance(Duration.ofSeconds(1));
        TokenRevocationView second = revokeOne();
        assertThat(revocations.list(AUDITOR, 1)).containsExactly(second);
    }

    @Test
    void refusesWhatMakesNoSense() {
        refuses(KmsErrorCode.NOT_FOUND, () -> revocations.revokeToken(OPERATOR, "nobody", "a", Optional.empty()));
        refuses(
                KmsErrorCode.MALFORMED_REQUEST,
                () -> revocations.revokeToken(OPERATOR, "idm", "a".repeat(513), Optional.empty()));
        refuses(
                KmsErrorCode.MALFORMED_REQUEST,
                () -> revocations.revokeOlder(OPERATOR, ALICE, Optional.of(start.plusSeconds(1)), Optional.empty()));
        refuses(
                KmsErrorCode.MALFORMED_REQUEST,
                () -> revocations.revokeToken(OPERATOR, "idm", "a-7", Optional.of(" ")));
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> revocations.list(AUDITOR, 501));
        assertThat(revocations.list(AUDITOR, 10)).isEmpty();
    }

    @Test
    void auditorsOnlyLook() {
        refuses(
                KmsErrorCode.OPERATOR_ROLE_REQUIRED,
                () -> revocations.revokeToken(AUDITOR, "idm", "a-7", Optional.empty()));
        assertThat(revocations.known.isRevoked(token("a-7", ALICE, start))).isFalse();
    }

    @Test
    void nothingIsRevokedThatIsNotInTheAuditTrail() {
        rig.audit.available(false);
        refuses(KmsErrorCode.AUDIT_UNAVAILABLE, () -> revokeOne());
        assertThat(revocations.known.isRevoked(token("a-7", ALICE, start))).isFalse();
        assertThat(revocations.list(AUDITOR, 10)).isEmpty();
    }

    @Test
    void theTrailGivesBackWhatTheTableLost() {
        TokenRevocationView one = revocations.revokeToken(OPERATOR, "idm", "a-7", Optional.of("phone lost"));
        TokenRevocationView older = revocations.revokeOlder(OPERATOR, ALICE, Optional.empty(), Optional.empty());

        List<TokenRevocation> read = new ArrayList<>();
        new TokenRevocationTrail(TestTrail.of(rig.audit.notes())).read(read::add);

        assertThat(read).extracting(TokenRevocationView::of).containsExactly(one, older);
    }
}
