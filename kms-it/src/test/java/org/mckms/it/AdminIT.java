package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.ExportedTrail;
import org.mckms.it.support.KeySet;
import org.mckms.it.support.Kms;
import org.mckms.it.support.Reply;
import org.mckms.it.support.RunningKms;
import org.mckms.it.support.Tls;

/** The operators' face: who gets in, who may do what, and what becomes of it. */
@ExtendWith(RunningKms.class)
class AdminIT {
    private final Kms kms;

    AdminIT(Kms kms) {
        this.kms = kms;
    }

    @Test
    void nobodyGetsInWithoutACertificate() {
        assertNotLetIn(Optional.empty());
    }

    @Test
    void serversCertificateIsNotAnOperators() {
        assertNotLetIn(Optional.of(kms.home().server("gms")));
    }

    private void assertNotLetIn(Optional<Tls.Credential> credential) {
        AdminFace face = new AdminFace(
                Tls.context(kms.home().trust(), credential), kms.home().adminPort());

        assertThatThrownBy(() -> face.get("/status")).hasRootCauseInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"officer", "operator", "auditor"})
    void everyOperatorSeesTheStatus(String operator) {
        JsonObject status = AdminFace.object(kms.admin(operator).get("/status"));

        assertThat(status.getBoolean("ready")).isTrue();
        assertThat(status.getString("kmsUri")).isEqualTo(kms.kmsUri());
    }

    @ParameterizedTest
    @CsvSource({
        "operator, /ceremony/token, ''",
        "auditor, /ceremony/token, ''",
        "auditor, /vault/activate, pin",
        "auditor, /vault/deactivate, reason",
        "auditor, /identities/block, uri reason",
        "auditor, /identities/unblock, uri reason",
        "auditor, /identities/advance-issue, uri reason",
        "operator, /identities/advance-issue, uri reason",
        "officer, /audit/verify, ''",
        "operator, /audit/verify, ''"
    })
    void actsNeedTheirRole(String operator, String resource, String members) {
        Map<String, String> body = new TreeMap<>();
        for (String member : members.split(" ")) {
            body.put(member, member.equals("uri") ? "sip:nobody@example.org" : "none");
        }
        body.remove("");

        assertRefused(kms.admin(operator).post(resource, body), 403, 4035);
    }

    @ParameterizedTest
    @ValueSource(strings = {"officer", "operator"})
    void auditTrailIsTheAuditorsOnly(String operator) {
        for (String resource : List.of("/audit?after=0&limit=1", "/audit/export", "/audit/checkpoints")) {
            assertRefused(kms.admin(operator).get(resource), 403, 4035);
        }
    }

    @Test
    void refusedActOfAnOperatorIsInTheAuditTrail() {
        assertThat(kms.observe(() -> kms.admin("auditor").post("/ceremony/token", Map.of()))
                        .of("OPERATOR_REFUSED"))
                .hasSize(1);
    }

    @Test
    void ceremonyTwiceIsAConflict() {
        assertRefused(kms.officer().post("/ceremony/token", Map.of()), 409, 4091);
        assertThatThrownBy(() -> kms.createEpoch(Map.of("origin", "derived"))).hasMessageContaining("4091");
        assertThat(AdminFace.array(kms.officer().get("/epochs"), "epochs")).hasSize(1);
    }

    @Test
    void publishedMastersAreRefusedForProduction() {
        assertThatThrownBy(() -> kms.createEpoch(Map.of(
                        "origin", "imported",
                        "purpose", "production",
                        "certUri", "cert2." + kms.kmsUri(),
                        "ksak", "12345",
                        "zT", "AFF429D35F84B110D094803B3595A6E2998BC99F")))
                .hasMessageContaining("refused");
    }

    @Test
    void blockedIdentityIsServedAgainWhenUnblocked() {
        String user = "sip:admin-blocked@example.org";
        AdminFace operator = kms.admin("operator");
        AdminFace.object(operator.post("/identities/block", Map.of("uri", user, "reason", "lost")));
        assertThat(kms.csc().post("/keyprov", kms.idm().user(user)).errorCode()).isEqualTo(4034);

        AdminFace.object(operator.post("/identities/unblock", Map.of("uri", user, "reason", "found")));
        assertThat(kms.csc().post("/keyprov", kms.idm().user(user)).status()).isEqualTo(200);
    }

    @Test
    void unknownIdentityIsNotFound() {
        assertRefused(kms.officer().get("/identities/show?uri=sip%3Anobody%40example.org"), 404, 404);
    }

    @Test
    void clientThatTakesTwoPeriodsGetsTwoKeySets() {
        String user = "sip:two-periods@example.org";
        setPolicy(user, "CURRENT_AND_NEXT");

        List<KeySet> sets = KeySet.allOf(kms.csc().post("/keyprov", kms.idm().user(user)));

        assertThat(sets).hasSize(2);
        assertThat(sets.get(1).period()).isEqualTo(sets.get(0).period() + 1);
        sets.forEach(set -> set.assertHoldsUnder(kms.rootCertificate()));
    }

    @Test
    void clientThatWantsHexGetsItsUserIdInHex() {
        String user = "sip:hex-reader@example.org";
        setPolicy(user, "CURRENT", "user-id-hex");

        assertThat(kms.csc().post("/keyprov", kms.idm().user(user)).only("UserID"))
                .matches("[0-9A-Fa-f]{64}");
    }

    @Test
    void dialectOfTheIdentityGetsOtherKeysWithAnotherPvt() {
        String user = "sip:dialect@example.org";
        KeySet raw = KeySet.onlyOf(kms.csc().post("/keyprov", kms.idm().user(user)));
        setPolicy(user, "CURRENT", "uid-as-hex-text");

        KeySet asciiHex = KeySet.onlyOf(kms.csc().post("/keyprov", kms.idm().user(user)));

        assertThat(asciiHex.uid()).isEqualTo(raw.uid());
        assertThat(asciiHex.pvt()).isNotEqualTo(raw.pvt());
        assertThat(asciiHex.rsk()).isNotEqualTo(raw.rsk());
    }

    @Test
    void twoOfficersAdvanceTheIssueOfAnIdentity() {
        String user = "sip:reissued@example.org";
        Map<String, String> order = Map.of("uri", user, "reason", "SSK leaked");
        KeySet before = KeySet.onlyOf(kms.csc().post("/keyprov", kms.idm().user(user)));

        Reply first = kms.officer().post("/identities/advance-issue", order);
        assertThat(AdminFace.object(first).getString("outcome")).isEqualTo("REQUESTED");
        kms.officer().post("/identities/advance-issue", order);
        assertThat(KeySet.onlyOf(kms.csc().post("/keyprov", kms.idm().user(user))))
                .isEqualTo(before);

        Reply second = kms.admin("officer2").post("/identities/advance-issue", order);
        assertThat(AdminFace.object(second).getString("outcome")).isEqualTo("ADVANCED");
        KeySet after = KeySet.onlyOf(kms.csc().post("/keyprov", kms.idm().user(user)));

        assertThat(after.pvt()).isNotEqualTo(before.pvt());
        assertThat(after.ssk()).isNotEqualTo(before.ssk());
        assertThat(after.rsk()).isEqualTo(before.rsk());
        after.assertHoldsUnder(kms.rootCertificate());
    }

    @Test
    void deactivatedVaultAnswersNotReadyUntilActivated() {
        String user = "sip:waiting@example.org";
        KeySet before = KeySet.onlyOf(kms.csc().post("/keyprov", kms.idm().user(user)));
        AdminFace.object(kms.officer().post("/vault/deactivate", Map.of("reason", "test of the switch")));
        try {
            assertThat(kms.csc().post("/keyprov", kms.idm().user(user)).status())
                    .isEqualTo(503);
            assertThat(kms.server().probe("ready").status()).isEqualTo(503);
            assertThat(kms.server().probe("live").status()).isEqualTo(200);
            assertRefused(kms.officer().post("/vault/activate", Map.of("pin", "not-the-pin")), 403, 4036);
        } finally {
            AdminFace.object(kms.officer()
                    .post("/vault/activate", Map.of("pin", kms.home().pin())));
        }
        kms.server().awaitReady();
        assertThat(KeySet.onlyOf(kms.csc().post("/keyprov", kms.idm().user(user))))
                .isEqualTo(before);
    }

    @Test
    void exportedAuditTrailIsWholeAndEveryChangeShows() {
        ExportedTrail trail = ExportedTrail.of(kms);
        String records = trail.records();

        assertThat(trail.verify().firstFault()).isEmpty();
        assertThat(trail.withRecords(records.replaceFirst("EPOCH_CREATED", "EPOCH_RETIRED"))
                        .verify()
                        .firstFault())
                .isPresent();
        assertThat(trail.withRecords(records.replaceFirst("[^\n]*EPOCH_CREATED[^\n]*\n", ""))
                        .verify()
                        .firstFault())
                .isPresent();
    }

    @Test
    void serverVerifiesItsOwnTrail() {
        assertThat(AdminFace.object(kms.admin("auditor").post("/audit/verify", Map.of()))
                        .getBoolean("holds"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/audit/nothing", "/../keymanagement/identity/v1/init"})
    void unknownResourceIsNotFound(String resource) {
        Reply reply = kms.officer().get(resource);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).doesNotContain("Exception").doesNotContain("WFLY");
    }

    @Test
    void incompleteRequestIsMalformed() {
        assertRefused(kms.officer().post("/identities/block", Map.of("reason", "of whom?")), 400, 400);
    }

    @Test
    void facesDoNotShareAListener() {
        assertThat(kms.csc().post("/../../../admin/v1/status", "x").status()).isIn(400, 401, 404);
        AdminFace clientsPort = new AdminFace(
                Tls.context(kms.home().trust(), Optional.empty()), kms.home().kmsPort());
        assertThat(clientsPort.get("/status").status()).isIn(401, 404, 405);
    }

    private void setPolicy(String user, String periods, String... profiles) {
        KeySet.onlyOf(kms.csc().post("/keyprov", kms.idm().user(user)));
        Map<String, String> policy = new HashMap<>(Map.of("uri", user, "periodsServed", periods));
        if (profiles.length > 0) {
            policy.put("profiles", String.join(",", profiles));
        }
        AdminFace.object(kms.admin("operator").post("/identities/policy", policy));
    }

    private static void assertRefused(Reply reply, int status, int code) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        JsonObject error = AdminFace.error(reply);
        assertThat(error.getInt("code")).isEqualTo(code);
        assertThat(error.getString("message")).isNotEmpty().doesNotContain("Exception");
        assertThat(error.getString("requestId")).isNotEmpty();
    }
}
