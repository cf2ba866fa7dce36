package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.BASE;
import static org.mckms.kms.application.ServerRig.BOB;
import static org.mckms.kms.application.ServerRig.GMS;
import static org.mckms.kms.application.ServerRig.KMS_URI;
import static org.mckms.kms.application.ServerRig.OFFICER;
import static org.mckms.kms.application.ServerRig.OPERATOR;
import static org.mckms.kms.application.ServerRig.PATH;
import static org.mckms.kms.application.ServerRig.request;
import static org.mckms.kms.application.ServerRig.server;
import static org.mckms.kms.application.ServerRig.user;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.application.UnsureTransactions.Fate;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.ClientPolicy;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.PeriodsServed;
import org.mckms.kms.domain.ProvisioningRequest;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.kms.domain.TestArithmetic;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiKeyCheck;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.SakkeKeyCheck;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.codec.InteropProfile;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.UserIdForm;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.message.KmsResponse;

class KeyProvisioningTest {

    /** The present of the tests, 2026-03-01T12:00:00Z, is NTP second 3981355200 = 1536 * 2592000 + 43200. */
    private static final KeyPeriod PERIOD = new KeyPeriod(1536);

    private static final Instant PERIOD_START = Instant.parse("2026-03-01T00:00:00Z");

    private ServerRig rig = new ServerRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private List<KmsKeySet> keySets(KmsResponse provisioned) {
        return ((KmsKeyProv) provisioned.answer()).keySets();
    }

    private void refuses(KmsErrorCode code, AuthenticatedIdentity caller, ProvisioningRequest request) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> rig.provision(caller, request).close())
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
        assertThat(rig.audit.events()).doesNotContain(AuditEvent.KEYS_PROVISIONED);
    }

    private static ProvisioningRequest withBody(KmsRequest body) {
        return new ProvisioningRequest(
                Optional.of(ALICE),
                Optional.empty(),
                Optional.of(Octets.copyOf(KmsRequestCodec.encode(body))),
                PATH + "/" + ALICE);
    }

    private KmsRequest body(String userUri, String kmsUri, Instant time, String url) {
        return new KmsRequest(userUri, kmsUri, time, Optional.empty(), Optional.empty(), url, Optional.empty());
    }

    @Test
    void givesAUserKeysThatHold() {
        KmsCertificate certificate = rig.epoch().certificate();

        try (KmsResponse provisioned = rig.provision(user(ALICE), request(ALICE))) {
            KmsKeySet keys = keySets(provisioned).get(0);
            UserIdentifier uid = UserIdentifier.format2(ALICE, KMS_URI, 2_592_000, 0, PERIOD.number());
            Octets identity = IdentityEncoding.RAW.identityOctets(uid);
            assertThat(keySets(provisioned)).hasSize(1);
            assertThat(keys.userUri()).isEqualTo(ALICE);
            assertThat(keys.period()).isEqualTo(PERIOD);
            assertThat(keys.userId()).isEqualTo(uid);
            assertThat(keys.validFrom()).contains(PERIOD_START);
            assertThat(keys.validTo()).contains(Instant.parse("2026-03-30T23:59:59Z"));
            assertThat(keys.certUri()).contains("cert1.kms.example.org");
            assertThat(EccsiKeyCheck.isValid(identity, keys.ssk(), keys.pvt(), certificate.pubAuthKey()))
                    .isTrue();
            assertThat(SakkeKeyCheck.isValid(identity, keys.rsk(), certificate.pubEncKey()))
                    .isTrue();
        }
    }

    @Test
    void answersWithTheAddressOfTheRequest() {
        rig.epoch();

        try (KmsResponse provisioned = rig.provision(user(ALICE), request(ALICE))) {
            assertThat(provisioned.userUri()).isEqualTo(ALICE);
            assertThat(provisioned.kmsUri()).isEqualTo(KMS_URI);
            assertThat(provisioned.time()).isEqualTo(rig.time.instant());
            assertThat(provisioned.clientReqUrl()).isEqualTo(BASE + PATH + "/" + ALICE);
        }
    }

    @Test
    void recordsWhatLeftAndNothingSecret() {
        rig.epoch();

        rig.provision(user(ALICE), request(ALICE)).close();

        AuditNote note = rig.audit.last();
        assertThat(note.event()).isEqualTo(AuditEvent.KEYS_PROVISIONED);
        assertThat(note.actor()).isEqualTo("client:" + ALICE);
        assertThat(note.subject()).isEqualTo(ALICE);
        assertThat(note.details())
                .containsEntry("period", "1536")
                .containsEntry("issue", "0")
                .containsEntry("source", "192.0.2.1")
                .containsKeys("epoch", "pvtSha256");
    }

    @Test
    void givesTheSameKeysAgain() {
        rig.epoch();

        try (KmsResponse first = rig.provision(user(ALICE), request(ALICE));
                KmsResponse second = rig.provision(user(ALICE), request(ALICE))) {
            assertThat(keySets(second).get(0).pvt())
                    .isEqualTo(keySets(first).get(0).pvt());
        }
        assertThat(rig.database.tamper("UPDATE kms_issuance SET issue = issue")).isEqualTo(1);
    }

    /** What becomes of a request if the database cannot tell whether it has written the second commit, which is that of the issuance. */
    private void provisionUnwritten() {
        rig.committing.through(new UnsureTransactions(rig.transactions, Fate.COMMITTED, Fate.NOT_WRITTEN));
        rig.provision(user(ALICE), request(ALICE)).close();
    }

    @Test
    void onlyWhatChangesSomethingWaitsForItsOwnCommitToBeWritten() {
        rig.epoch();

        assertThatExceptionOfType(KmsException.class).isThrownBy(this::provisionUnwritten);
        provisionUnwritten();

        rig.operatorsIdentities.advanceIssue(OFFICER, ALICE, "stolen");
        rig.operatorsIdentities.advanceIssue(ServerRig.OTHER_OFFICER, ALICE, "stolen");
        assertThatExceptionOfType(KmsException.class).isThrownBy(this::provisionUnwritten);
    }

    @Test
    void givesOneKeySetForEachIdentityWhenNoneIsNamed() {
        rig.epoch();

        try (KmsResponse provisioned = rig.provision(user(BOB, ALICE), request())) {
            assertThat(keySets(provisioned)).extracting(KmsKeySet::userUri).containsExactly(BOB, ALICE);
            assertThat(provisioned.userUri()).isEqualTo(BOB);
        }
    }

    @Test
    void borrowsTheMastersOnceForAllKeySetsOfARequest() {
        rig.epoch();
        List<String> calls = new ArrayList<>();
        MasterSecretVault counting = (MasterSecretVault) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MasterSecretVault.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    return method.invoke(rig.vault, arguments);
                });
        rig.provisioning.keySetIssue.extraction =
                TestArithmetic.gathered(counting, (epoch, uri, failures) -> fail("self-check of " + uri));
        try (KmsResponse provisioned = rig.provision(user(BOB, ALICE), request())) {
            assertThat(keySets(provisioned)).extracting(KmsKeySet::userUri).containsExactly(BOB, ALICE);
        }
        assertThat(calls).containsExactly("withMasterSecrets");
    }

    @Test
    void refusesKeysOfAnotherUser() {
        rig.epoch();

        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, user(ALICE), request(BOB));
        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, user(ALICE), request("SIP:alice@example.org"));
        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, user(ALICE), request(ALICE + " "));
    }

    @Test
    void refusesAUserTokenWithTheUriOfAServer() {
        rig.epoch();

        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, user(GMS), request(GMS));
        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, user(ALICE, GMS), request(ALICE));
    }

    @Test
    void givesAServerItsOwnKeysAndNoOthers() {
        rig.epoch();

        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, server(ClientKind.GMS, GMS), request(ALICE));
        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, server(ClientKind.MC_SERVER, GMS), request(GMS));
        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, server(ClientKind.GMS, ALICE), request(ALICE));
        try (KmsResponse provisioned = rig.provision(server(ClientKind.GMS, GMS), request(GMS))) {
            assertThat(keySets(provisioned)).hasSize(1);
        }
    }

    @Test
    void aUriKeepsTheKindItWasFirstSeenAs() {
        rig.epoch();
        rig.transactions.runInNew(() -> rig.identities.add(
                RegisteredIdentity.fresh(ALICE, ClientKind.GMS, rig.time.instant(), Optional.empty())));

        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, user(ALICE), request(ALICE));
    }

    @Test
    void refusesAnIssuerThatIsNotConfigured() {
        rig.epoch();

        refuses(
                KmsErrorCode.FORBIDDEN_IDENTITY,
                new AuthenticatedIdentity(ClientKind.MC_CLIENT, List.of(ALICE), "other", "", "c", "s"),
                request(ALICE));
    }

    @Test
    void refusesTheDevelopmentIssuerInAProductionEpoch() {
        rig.ceremony.createEpoch(OFFICER, rig.order(EpochPurpose.PRODUCTION, "cert1.kms.example.org"));

        refuses(
                KmsErrorCode.FORBIDDEN_IDENTITY,
                new AuthenticatedIdentity(ClientKind.MC_CLIENT, List.of(ALICE), "dev", "", "c", "s"),
                request(ALICE));
        rig.provision(user(ALICE), request(ALICE)).close();
    }

    @Test
    void acceptsABodyThatFits() {
        rig.epoch();
        KmsRequest body = body(ALICE, KMS_URI, rig.time.instant().minusSeconds(60), BASE + PATH + "/" + ALICE);

        try (KmsResponse provisioned = rig.provision(user(ALICE), withBody(body))) {
            assertThat(provisioned.clientReqUrl()).isEqualTo(body.clientReqUrl());
        }
    }

    @Test
    void refusesABodyThatDoesNotFit() {
        rig.epoch();
        Instant now = rig.time.instant();
        String url = BASE + PATH + "/" + ALICE;

        refuses(KmsErrorCode.FORBIDDEN_IDENTITY, user(ALICE), withBody(body(BOB, KMS_URI, now, url)));
        refuses(KmsErrorCode.KMS_URI_MISMATCH, user(ALICE), withBody(body(ALICE, "kms.example.com", now, url)));
        refuses(
                KmsErrorCode.CLIENT_REQ_URL_MISMATCH,
                user(ALICE),
                withBody(body(ALICE, KMS_URI, now, BASE + PATH + "/" + BOB)));
        refuses(KmsErrorCode.STALE_TIME, user(ALICE), withBody(body(ALICE, KMS_URI, now.minusSeconds(61), url)));
        refuses(KmsErrorCode.STALE_TIME, user(ALICE), withBody(body(ALICE, KMS_URI, now.plusSeconds(61), url)));
    }

    @Test
    void refusesPlainKeysWhereTheSettingSaysSo() {
        rig.close();
        rig = new ServerRig(Map.of("kms.plain-keys", "refused"));
        rig.epoch();

        refuses(KmsErrorCode.TRANSPORT_KEY_REQUIRED, user(ALICE), request(ALICE));
    }

    @Test
    void isNotReadyWithoutEpochOrVault() {
        refuses(KmsErrorCode.NOT_READY, user(ALICE), request(ALICE));

        rig.epoch();
        rig.vault.deactivate("test");
        refuses(KmsErrorCode.NOT_READY, user(ALICE), request(ALICE));
    }

    @Test
    void releasesNothingThatCannotBeRecorded() {
        rig.epoch();
        rig.audit.available(false);

        refuses(KmsErrorCode.AUDIT_UNAVAILABLE, user(ALICE), request(ALICE));

        rig.audit.available(true);
        assertThat(rig.operatorsIdentities.list(OPERATOR, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void refusesABlockedIdentityUntilItIsUnblocked() {
        rig.epoch();
        rig.operatorsIdentities.block(OPERATOR, ALICE, "device lost");
        refuses(KmsErrorCode.IDENTITY_BLOCKED, user(ALICE), request(ALICE));
        refuses(KmsErrorCode.IDENTITY_BLOCKED, user(BOB, ALICE), request());

        rig.operatorsIdentities.unblock(OPERATOR, ALICE, "again");
        rig.provision(user(ALICE), request(ALICE)).close();
    }

    @Test
    void refusesARowThatWasUnblockedInTheDatabase() {
        rig.epoch();
        rig.operatorsIdentities.block(OPERATOR, ALICE, "device lost");
        rig.database.tamper("UPDATE kms_identity SET blocked = FALSE, blocked_reason = NULL");

        refuses(KmsErrorCode.INTERNAL, user(ALICE), request(ALICE));
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.ROW_TAMPERED);
        assertThat(rig.audit.last().details()).containsEntry("table", "identity");
    }

    @Test
    void refusesARowThatWasRemovedFromTheDatabase() {
        rig.epoch();
        rig.provision(user(ALICE), request(ALICE)).close();
        rig.database.tamper("DELETE FROM kms_identity");

        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> rig.provision(user(ALICE), request(ALICE)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.INTERNAL));
    }

    @Test
    void refusesAnEpochThatWasChangedInTheDatabase() {
        rig.epoch();
        rig.database.tamper("UPDATE kms_epoch SET period_seconds = 2592001");

        refuses(KmsErrorCode.INTERNAL, user(ALICE), request(ALICE));
    }

    @Test
    void refusesWhenTheSameKeySetOnceHadAnotherPvt() {
        rig.epoch();
        rig.provision(user(ALICE), request(ALICE)).close();
        rig.database.tamper("UPDATE kms_issuance SET pvt_sha256 = '" + "0".repeat(64) + "'");

        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> rig.provision(user(ALICE), request(ALICE)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.SELF_CHECK_FAILED));
    }

    @Test
    void servesTheNextPeriodWhenAskedForIt() {
        rig.epoch();
        Instant next = PERIOD_START.plus(Duration.ofDays(30));

        try (KmsResponse provisioned = rig.provision(user(ALICE), request(ALICE, next))) {
            assertThat(keySets(provisioned).get(0).period()).isEqualTo(new KeyPeriod(1537));
        }
    }

    @Test
    void refusesPeriodsOutsideTheWindow() {
        rig.epoch();

        refuses(
                KmsErrorCode.KEY_PERIOD_UNAVAILABLE,
                user(ALICE),
                request(ALICE, PERIOD_START.plus(Duration.ofDays(60))));
        refuses(
                KmsErrorCode.KEY_PERIOD_UNAVAILABLE,
                user(ALICE),
                request(ALICE, Instant.parse("2025-12-31T00:00:00Z")));
    }

    @Test
    void servesThePastPeriodWithinTheGraceToWhomWasRegisteredInIt() {
        rig.epoch();
        rig.provision(user(ALICE), request(ALICE)).close();
        rig.time.advance(Duration.ofDays(30));

        try (KmsResponse provisioned = rig.provision(user(ALICE), request(ALICE, PERIOD_START))) {
            assertThat(keySets(provisioned).get(0).period()).isEqualTo(PERIOD);
        }
    }

    @Test
    void refusesThePastPeriodToWhomWasNotRegisteredInIt() {
        rig.epoch();

        refuses(KmsErrorCode.KEY_PERIOD_UNAVAILABLE, user(ALICE), request(ALICE, PERIOD_START.minusSeconds(1)));
    }

    @Test
    void servesCurrentAndNextOnlyWhereAClientIsSetSo() {
        rig.epoch();
        rig.operatorsIdentities.setPolicy(
                OPERATOR, ALICE, new ClientPolicy(PeriodsServed.CURRENT_AND_NEXT, Set.of(InteropProfile.USER_ID_HEX)));

        try (KmsResponse provisioned = rig.provision(user(ALICE), request(ALICE))) {
            assertThat(keySets(provisioned)).extracting(KmsKeySet::period).containsExactly(PERIOD, new KeyPeriod(1537));
            assertThat(rig.lastForm.dialect().userIdForm()).isEqualTo(UserIdForm.HEX);
        }
    }

    @Test
    void anotherDialectOrIssueHasAnotherPvtAndTheSameUid() {
        rig.epoch();
        Octets raw = pvtOfAlice();
        rig.operatorsIdentities.setPolicy(
                OPERATOR, ALICE, new ClientPolicy(PeriodsServed.CURRENT, Set.of(InteropProfile.UID_AS_HEX_TEXT)));
        Octets ascii = pvtOfAlice();
        rig.operatorsIdentities.advanceIssue(OFFICER, ALICE, "stolen");
        rig.operatorsIdentities.advanceIssue(ServerRig.OTHER_OFFICER, ALICE, "stolen");
        Octets advanced = pvtOfAlice();

        assertThat(List.of(raw, ascii, advanced)).doesNotHaveDuplicates();
    }

    private Octets pvtOfAlice() {
        try (KmsResponse provisioned = rig.provision(user(ALICE), request(ALICE))) {
            return keySets(provisioned).get(0).pvt().octets();
        }
    }

    @Test
    void storesNoPrivateKey() {
        rig.epoch();

        try (KmsResponse provisioned = rig.provision(user(ALICE), request(ALICE))) {
            String ssk = keySets(provisioned).get(0).ssk().use(octets -> Octets.copyOf(octets)
                    .toHex());
            assertThat(rig.database.dump()).doesNotContainIgnoringCase(ssk);
        }
    }

    @Test
    void closingTheAnswerWipesTheKeys() {
        rig.epoch();
        KmsResponse provisioned = rig.provision(user(ALICE), request(ALICE));

        provisioned.close();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> keySets(provisioned).get(0).ssk().use(octets -> octets.length));
        assertThat(provisioned.toString()).contains("private keys hidden");
    }
}
