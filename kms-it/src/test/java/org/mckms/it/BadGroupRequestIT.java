package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.client.KmsRefusedException;
import org.mckms.client.group.GroupClient;
import org.mckms.client.group.MessageWindow;
import org.mckms.client.group.Reception;
import org.mckms.it.support.DevelopmentIdm;
import org.mckms.it.support.GroupFace;
import org.mckms.it.support.GroupMemberDevice;
import org.mckms.it.support.GroupSystem;
import org.mckms.it.support.Kms;
import org.mckms.it.support.Observed;
import org.mckms.it.support.Reply;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.KeyAcknowledgementCodec;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.group.ReceptionFault;

/** What strangers, and members who are not honest, may try at group management. */
class BadGroupRequestIT {
    private static final String ALICE = "sip:alice@example.org";
    private static final String BOB = "sip:bob@example.org";
    private static final String MALLORY = "sip:mallory@example.org";
    private static final String GROUP = "sip:fire-7@example.org";

    private static GroupSystem system;
    private static GroupMemberDevice alice;

    @BeforeAll
    static void start() {
        system = GroupSystem.start(
                "bad-groups", Map.of("gms.managers", "sip:dispatcher@example.org,sip:other@example.org"));
        alice = system.member(ALICE);
        system.create(GROUP, List.of(ALICE, BOB));
        alice.refresh(GROUP);
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    private static KeyAcknowledgement answer(String group, String member, String keyId) {
        return new KeyAcknowledgement(
                group,
                KeyAcknowledgement.GENERATION_UNKNOWN,
                member,
                List.of(KeyIdentifier.of(Octets.fromHex(keyId))),
                Optional.empty());
    }

    private static Reply acknowledge(String caller, KeyAcknowledgement answer) {
        return system.face(caller).post("/acknowledgements", KeyAcknowledgementCodec.write(answer));
    }

    private static String keyId() {
        return GroupFace.json(system.manager().get(GroupFace.group(GROUP)), 200)
                .getJsonArray("keys")
                .getJsonObject(0)
                .getString("id");
    }

    private static void assertRefused(Reply reply, int status, String name) {
        JsonObject error = GroupFace.json(reply, status).getJsonObject("error");
        assertThat(error.getString("name")).isEqualTo(name);
        assertThat(error.getString("requestId")).hasSize(36);
    }

    @Test
    void anAcknowledgementIsTheMembersOwn() {
        List<String> ofBob = system.states(GROUP).get(BOB);
        assertRefused(acknowledge(MALLORY, answer(GROUP, MALLORY, keyId())), 404, "NOT_FOUND");
        assertRefused(acknowledge(MALLORY, answer(GROUP, ALICE, keyId())), 403, "FORBIDDEN_IDENTITY");
        assertRefused(acknowledge(ALICE, answer(GROUP, ALICE, "00000007")), 404, "NOT_FOUND");
        assertRefused(acknowledge(ALICE, answer("sip:none@example.org", ALICE, keyId())), 404, "NOT_FOUND");
        assertThat(system.states(GROUP).get(ALICE)).containsOnly("ACKNOWLEDGED");
        assertThat(system.states(GROUP).get(BOB)).isEqualTo(ofBob).isNotEmpty();
    }

    @Test
    void aSecondAcknowledgementChangesNothing() {
        Kms kms = system.kms();
        Observed second = kms.observe(() -> acknowledge(ALICE, answer(GROUP, ALICE, keyId())));
        assertThat(second.reply().status()).isEqualTo(204);
        assertThat(system.states(GROUP).get(ALICE)).containsOnly("ACKNOWLEDGED");
    }

    @Test
    void aGroupExistsForItsOwnerOnly() {
        for (String stranger : List.of(MALLORY, "sip:other@example.org", ALICE)) {
            GroupFace face = system.face(stranger);
            assertRefused(face.get(GroupFace.group(GROUP)), 404, "NOT_FOUND");
            assertRefused(face.delete(GroupFace.group(GROUP)), 404, "NOT_FOUND");
            assertRefused(face.get(GroupFace.group(GROUP) + "/members"), 404, "NOT_FOUND");
            assertRefused(
                    face.post(GroupFace.group(GROUP) + "/members", Map.of("members", List.of(stranger))),
                    404,
                    "NOT_FOUND");
            assertRefused(face.delete(GroupFace.group(GROUP) + "/members/" + BOB), 404, "NOT_FOUND");
            assertRefused(face.post(GroupFace.group(GROUP) + "/rekey", Map.of()), 404, "NOT_FOUND");
            assertRefused(
                    face.post(GroupFace.group(GROUP) + "/keys/" + keyId() + "/revoke", Map.of()), 404, "NOT_FOUND");
            assertThat(GroupFace.json(face.get("/groups"), 200).getJsonArray("groups"))
                    .isEmpty();
        }
        assertRefused(
                system.face("sip:other@example.org").post("/groups", Map.of("uri", GROUP, "service", "mcptt")),
                409,
                "CONFLICT");
    }

    @Test
    void onlyManagersMakeGroups() {
        assertRefused(
                system.face(MALLORY).post("/groups", Map.of("uri", "sip:new@example.org", "service", "mcptt")),
                403,
                "NOT_GROUP_MANAGER");
    }

    @Test
    void keysAreForMembersAndEachHasItsOwn() {
        assertRefused(system.face(MALLORY).get("/gktps/" + GROUP), 404, "NOT_FOUND");
        assertRefused(system.face(MALLORY).get(GroupFace.group(GROUP) + "/document"), 404, "NOT_FOUND");
        GroupMemberDevice bob = system.member(BOB);
        GroupClient.FetchedKeys forBob =
                bob.gms().keys(McService.MCPTT, GROUP, Optional.empty()).orElseThrow();
        Reception stolen = alice.receiver().receive(forBob.document(), GROUP, MessageWindow.STORED);
        assertThat(stolen.refusal()).map(Reception.Refusal::fault).contains(ReceptionFault.NOT_FOR_ME);
    }

    @Test
    void aMemberOfAnUnknownDomainWaitsAndNobodyElseDoes() {
        String group = "sip:unknown-domain@example.org";
        GroupFace.json(
                system.manager()
                        .post(
                                "/groups",
                                Map.of(
                                        "uri",
                                        group,
                                        "service",
                                        "mcptt",
                                        "members",
                                        List.of(ALICE, "sip:zoe@nowhere.example kms.nowhere.example"))),
                201);
        assertThat(alice.refresh(group)).map(Reception::isTaken).contains(true);
        assertThat(system.states(group))
                .containsEntry(ALICE, List.of("ACKNOWLEDGED"))
                .containsEntry("sip:zoe@nowhere.example", List.of("WAITING"));
    }

    @Test
    void uriAreLimited() {
        assertRefused(system.manager().get("/groups/sip:" + "a".repeat(2048)), 414, "URI_TOO_LONG");
        assertRefused(system.manager().get("/groups/sip:" + "a".repeat(600)), 400, "MALFORMED_REQUEST");
        assertRefused(
                system.manager()
                        .post(
                                GroupFace.group(GROUP) + "/members",
                                Map.of("members", List.of("sip:" + "a".repeat(2044)))),
                400,
                "MALFORMED_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ptt.example.org/keys",
                "https://127.0.0.1/keys",
                "https://localhost:9443/admin/v1/status",
                "https://[::1]/keys",
                "https://[::ffff:127.0.0.1]/keys",
                "https://0.0.0.0/keys",
                "https://10.1.2.3/keys",
                "https://192.168.1.1/keys",
                "https://169.254.169.254/latest/meta-data",
                "https://user:secret@ptt.example.org/keys",
                "https://2130706433/keys",
                "file:///etc/passwd",
                "https:keys"
            })
    void callbacksLeadToNobodyInside(String address) {
        Observed refused = system.kms().observe(() -> system.face(ALICE).put("/callback", "text/uri-list", address));
        assertRefused(refused.reply(), 403, "CALLBACK_REFUSED");
        assertThat(refused.records().stream()
                        .filter(one -> one.getString("outcome").equals("CALLBACK_REFUSED")))
                .hasSize(1);
        assertThatThrownBy(() -> alice.gms().registerCallback(URI.create("https://127.0.0.1/keys")))
                .isInstanceOf(KmsRefusedException.class);
    }

    @Test
    void eachScopeOpensItsOwnPart() {
        DevelopmentIdm idm = system.kms().idm();
        GroupFace keysOnly = new GroupFace(system.kms().home(), Optional.empty(), () -> idm.user(ALICE));
        Observed refused = system.kms().observe(() -> keysOnly.get("/gktps/" + GROUP));
        assertRefused(refused.reply(), 403, "INSUFFICIENT_SCOPE");
        assertThat(refused.reply().header("WWW-Authenticate")).contains("Bearer error=\"insufficient_scope\"");
        assertThat(refused.records()).hasSize(1);
        String groupsOnly = idm.signed(idm.claims(ALICE)
                .claim("scope", "openid 3gpp:mc:ptt_group_management_service")
                .build());
        assertThat(system.kms().csc().post("/init", groupsOnly).status()).isEqualTo(403);
        GroupFace videoOnly = new GroupFace(
                system.kms().home(),
                Optional.empty(),
                () -> idm.signed(idm.claims(ALICE)
                        .claim("scope", "3gpp:mc:video_group_management_service")
                        .build()));
        assertRefused(videoOnly.get("/gktps/" + GROUP), 403, "INSUFFICIENT_SCOPE");
    }

    @Test
    void nobodyIsServedWithoutAToken() {
        GroupFace nobody = new GroupFace(system.kms().home(), Optional.empty(), () -> "none");
        Reply reply = nobody.get("/groups");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void resourcesOfPartnersAreNotThereForOthers() {
        assertRefused(system.manager().post("/regroups/notifications", new byte[] {'x'}), 404, "NOT_FOUND");
        assertRefused(system.face(ALICE).post("/regroups/teardowns", new byte[] {'x'}), 404, "NOT_FOUND");
    }

    @Test
    void aPathCannotBeReadInTwoWays() {
        assertThat(system.manager().get("/groups/sip:a@example.org%2F..%2F..").status())
                .isEqualTo(400);
        assertThat(system.manager().get("/groups/sip%253Aa@example.org").status())
                .isEqualTo(400);
        assertThat(system.manager().get("/groups//members").status()).isEqualTo(400);
        assertThat(system.manager().get("/%67roups").status()).isEqualTo(404);
    }

    @Test
    void bodiesAreReadStrictly() {
        String group = GroupFace.group(GROUP);
        assertRefused(system.manager().put(group + "/schedule", "text/plain", "{}"), 415, "UNSUPPORTED_MEDIA_TYPE");
        assertRefused(system.manager().put(group + "/schedule", "application/json", "{"), 400, "MALFORMED_REQUEST");
        assertRefused(
                system.manager().put(group + "/schedule", "application/json", "{\"owner\":\"x\"}"),
                400,
                "MALFORMED_REQUEST");
        assertRefused(
                system.manager().put(group + "/schedule", "application/json", "[" + " ".repeat(70_000) + "]"),
                413,
                "BODY_TOO_LARGE");
        assertThat(system.manager()
                        .put(group + "/rekey", "application/json", "{}")
                        .header("Allow"))
                .contains("POST");
    }
}
