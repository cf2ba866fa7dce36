package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mckms.client.group.KeyUse;
import org.mckms.client.group.KeysReady;
import org.mckms.client.group.Reception;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.GroupFace;
import org.mckms.it.support.GroupMemberDevice;
import org.mckms.it.support.GroupSystem;
import org.mckms.it.support.MemberReceiver;
import org.mckms.it.support.Reply;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.group.GktpDocumentCodec;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.ReceptionFault;

/** Group keys on the real server with a real token: members are devices with the client library. */
class GroupIT {
    private static final String ALICE = "sip:alice@example.org";
    private static final String BOB = "sip:bob@example.org";
    private static final String CAROL = "sip:carol@example.org";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<String> ACKNOWLEDGED = List.of("ACKNOWLEDGED", "ACKNOWLEDGED");

    private static GroupSystem system;
    private static GroupMemberDevice alice;
    private static GroupMemberDevice bob;
    private static GroupMemberDevice carol;

    @BeforeAll
    static void start() {
        system = GroupSystem.start("groups", Map.of("gms.callbacks.allow", "127.0.0.0/8"));
        alice = system.member(ALICE);
        bob = system.member(BOB);
        carol = system.member(CAROL);
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    private static JsonObject group(String uri) {
        return GroupFace.json(system.manager().get(GroupFace.group(uri)), 200);
    }

    @Test
    void bringsTwoKeysInOneDocument() {
        String group = "sip:two-keys@example.org";
        JsonObject made = system.create(group, List.of(ALICE, BOB));
        assertThat(made.getJsonArray("keys").getValuesAs(JsonObject.class))
                .extracting(key -> key.getString("kind"))
                .containsExactly("GMK", "MKFC");
        assertThat(system.states(group))
                .containsEntry(ALICE, List.of("PENDING", "PENDING"))
                .containsEntry(BOB, List.of("PENDING", "PENDING"));

        assertThat(alice.refresh(group)).map(Reception::isTaken).contains(true);
        bob.refresh(group);

        assertThat(system.states(group)).containsEntry(ALICE, ACKNOWLEDGED).containsEntry(BOB, ACKNOWLEDGED);
        for (KeyUse use : KeyUse.values()) {
            assertThat(alice.hears(ALICE, group, use)).isPresent().isEqualTo(bob.hears(ALICE, group, use));
        }
        assertThat(alice.hears(ALICE, group, KeyUse.MEDIA)).isNotEqualTo(alice.hears(BOB, group, KeyUse.MEDIA));
        assertThat(alice.gms().group(group).memberUris()).containsExactlyInAnyOrder(ALICE, BOB);
    }

    @Test
    void sendsNothingThatTheMemberHolds() {
        String group = "sip:etag@example.org";
        system.create(group, List.of(ALICE));
        GroupFace face = system.face(ALICE);
        Reply first = face.get("/gktps" + group(group, ""));
        assertThat(first.header("Group-URI")).contains(group);
        String tag = first.header("ETag").orElseThrow();
        assertThat(system.states(group)).containsEntry(ALICE, List.of("DELIVERED", "DELIVERED"));

        HttpRequest.Builder again = face.to("/gktps" + group(group, ""))
                .header("If-None-Match", tag)
                .GET();
        Reply held = face.send(again);
        assertThat(held.status()).isEqualTo(304);
        assertThat(held.body()).isEmpty();

        system.finished(system.manager().post(GroupFace.group(group) + "/rekey", Map.of()));
        assertThat(face.send(face.to("/gktps" + group(group, ""))
                                .header("If-None-Match", tag)
                                .GET())
                        .status())
                .isEqualTo(200);
    }

    private static String group(String uri, String more) {
        return GroupFace.group(uri).replaceFirst("/groups", "") + more;
    }

    @Test
    void pushesToACallbackUntilItIsTaken() {
        String group = "sip:pushed@example.org";
        try (MemberReceiver receiver = MemberReceiver.start(system.kms().home())) {
            receiver.answer(503);
            carol.gms().registerCallback(URI.create(receiver.address()));
            assertThat(system.face(CAROL).get("/callback").text().strip()).isEqualTo(receiver.address());
            system.create(group, List.of(CAROL));
            Await.that("it was tried", LIMIT, () -> !receiver.posted().isEmpty());
            assertThat(system.states(group)).containsEntry(CAROL, List.of("PENDING", "PENDING"));
            receiver.answer(204);
            Await.that("it was pushed", LIMIT, () -> system.states(group)
                    .get(CAROL)
                    .equals(List.of("DELIVERED", "DELIVERED")));

            MemberReceiver.Posted pushed =
                    receiver.posted().get(receiver.posted().size() - 1);
            assertThat(pushed.groupUri()).isEqualTo(group);
            assertThat(carol.member().pushed(GktpDocumentCodec.read(pushed.body()), pushed.groupUri()))
                    .map(Reception::isTaken)
                    .contains(true);
            assertThat(system.states(group)).containsEntry(CAROL, ACKNOWLEDGED);
        } finally {
            carol.gms().removeCallback();
        }
        assertThat(system.face(CAROL).get("/callback").status()).isEqualTo(404);
    }

    @Test
    void tellsAConnectedMemberOfNewKeys() throws InterruptedException {
        String group = "sip:events@example.org";
        system.create(group, List.of(ALICE));
        List<KeysReady> heard = new CopyOnWriteArrayList<>();
        Thread listener = new Thread(() -> {
            try {
                alice.gms().listen(heard::add);
            } catch (RuntimeException e) {
                // the end of the test interrupts it
                Thread.currentThread().interrupt();
            }
        });
        listener.start();
        try {
            Await.that("what was missed is told", LIMIT, () -> heard.contains(new KeysReady(ALICE, group, 1)));
            alice.refresh(group);
            system.finished(system.manager().post(GroupFace.group(group) + "/rekey", Map.of()));
            Await.that("new keys are told", LIMIT, () -> heard.contains(new KeysReady(ALICE, group, 2)));
        } finally {
            listener.interrupt();
            listener.join(LIMIT.toMillis());
        }
        assertThat(heard).allSatisfy(event -> assertThat(event.memberUri()).isEqualTo(ALICE));
    }

    @Test
    void anEventStreamEndsWithItsToken() {
        Instant soon = Instant.now().plusSeconds(3);
        String token = system.kms()
                .idm()
                .signed(system.kms()
                        .idm()
                        .claims(BOB)
                        .claim("scope", GroupMemberDevice.SCOPES)
                        .expirationTime(Date.from(soon))
                        .build());
        GroupFace face = new GroupFace(system.kms().home(), Optional.empty(), () -> token);
        String stream = face.get("/events").text();
        assertThat(Instant.now()).isAfter(soon.minusSeconds(1));
        assertThat(stream)
                .startsWith("retry: 5000\n\n")
                .endsWith("event: end\ndata: {\"reason\":\"token expired\"}\n\n");
    }

    @Test
    void anErrorOfAMemberReachesTheStateOfTheGroup() {
        String group = "sip:error@example.org";
        system.create(group, List.of(ALICE, BOB));
        system.face(ALICE).get("/gktps" + group(group, ""));
        String key = group(group).getJsonArray("keys").getJsonObject(0).getString("id");
        alice.gms()
                .acknowledge(new KeyAcknowledgement(
                        group,
                        KeyAcknowledgement.GENERATION_UNKNOWN,
                        ALICE,
                        List.of(KeyIdentifier.of(Octets.fromHex(key))),
                        Optional.of(ReceptionFault.DUPLICATE_KEY_ID)));

        JsonObject member = GroupFace.json(system.manager().get(GroupFace.group(group) + "/members/" + ALICE), 200);
        JsonObject state = member.getJsonArray("keys").getJsonObject(0);
        assertThat(state.getString("state")).isEqualTo("FAILED");
        assertThat(state.getString("reason")).isEqualTo("DUPLICATE_KEY_ID");
        assertThat(system.states(group).get(ALICE)).containsExactly("FAILED", "DELIVERED");
    }

    @Test
    void joinersGetTheKeysAndLeaversGetNoMore() {
        String group = "sip:life@example.org";
        system.create(group, List.of(ALICE, BOB));
        alice.refresh(group);
        bob.refresh(group);
        system.finished(system.manager().post(GroupFace.group(group) + "/members", Map.of("members", List.of(CAROL))));
        carol.refresh(group);
        assertThat(carol.hears(ALICE, group, KeyUse.MEDIA))
                .isPresent()
                .isEqualTo(alice.hears(ALICE, group, KeyUse.MEDIA));
        assertThat(group(group).getInt("generation")).isEqualTo(1);

        system.finished(system.manager().delete(GroupFace.group(group) + "/members/" + BOB));
        alice.refresh(group);
        carol.refresh(group);

        assertThat(group(group).getInt("generation")).isEqualTo(2);
        assertThat(system.states(group)).containsOnlyKeys(ALICE, CAROL).containsEntry(CAROL, ACKNOWLEDGED);
        Optional<String> now = alice.hears(ALICE, group, KeyUse.MEDIA);
        assertThat(now).isPresent().isEqualTo(carol.hears(ALICE, group, KeyUse.MEDIA));
        assertThat(bob.hears(ALICE, group, KeyUse.MEDIA)).isNotEqualTo(now);
        assertThat(system.face(BOB).get("/gktps" + group(group, "")).status()).isEqualTo(404);
    }

    @Test
    void allSwitchToANewKeyTogether() {
        String group = "sip:switch@example.org";
        system.create(group, List.of(ALICE, BOB));
        alice.refresh(group);
        bob.refresh(group);
        Optional<String> before = alice.hears(ALICE, group, KeyUse.MEDIA);
        Instant activation = Instant.now().plusSeconds(12).truncatedTo(ChronoUnit.SECONDS);
        system.finished(
                system.manager().post(GroupFace.group(group) + "/rekey", Map.of("activation", activation.toString())));
        alice.refresh(group);
        bob.refresh(group);
        if (Instant.now().isBefore(activation.minusSeconds(1))) {
            assertThat(alice.hears(ALICE, group, KeyUse.MEDIA)).isEqualTo(before);
        }
        Await.that("the new key is active", LIMIT, () -> Instant.now().isAfter(activation));
        Optional<String> after = alice.hears(ALICE, group, KeyUse.MEDIA);
        assertThat(after).isPresent().isNotEqualTo(before).isEqualTo(bob.hears(ALICE, group, KeyUse.MEDIA));
    }

    @Test
    void aRevokedKeyIsDeletedByTheMembers() {
        String group = "sip:revoked@example.org";
        system.create(group, List.of(ALICE));
        alice.refresh(group);
        String key = group(group).getJsonArray("keys").getJsonObject(0).getString("id");
        assertThat(alice.keyIds(group)).contains(key);
        system.finished(system.manager().post(GroupFace.group(group) + "/keys/" + key + "/revoke", Map.of()));
        alice.refresh(group);
        assertThat(alice.keyIds(group)).doesNotContain(key);
        assertThat(alice.hears(ALICE, group, KeyUse.MEDIA)).isEmpty();
    }

    @Test
    void operatorsLookAndRevokeAndOthersDoNot() {
        String group = "sip:supervised@example.org";
        system.create(group, List.of(ALICE));
        AdminFace auditor = system.kms().admin("auditor");
        assertThat(AdminFace.array(auditor.get("/gms/groups?limit=500"), "groups")
                        .getValuesAs(JsonObject.class))
                .extracting(one -> one.getString("uri"))
                .contains(group);
        JsonObject shown = AdminFace.object(auditor.get("/gms/groups/show?uri=" + group));
        String key = shown.getJsonArray("keys").getJsonObject(0).getString("id");
        Map<String, String> order = Map.of("uri", group, "keyId", key, "reason", "phone lost");
        assertThat(AdminFace.error(auditor.post("/gms/groups/revoke-key", order))
                        .getString("name"))
                .isEqualTo("OPERATOR_ROLE_REQUIRED");
        AdminFace operator = system.kms().admin("operator");
        JsonObject job = AdminFace.object(operator.post("/gms/groups/revoke-key", order));
        assertThat(job.getString("kind")).isEqualTo("REVOKE");
        assertThat(AdminFace.array(operator.get("/gms/jobs"), "jobs")).isNotEmpty();
        assertThat(AdminFace.object(operator.get("/gms/jobs/" + job.getString("id")))
                        .getString("group"))
                .isEqualTo(group);
        Await.that("the job is over", LIMIT, () -> !AdminFace.object(operator.get("/gms/jobs/" + job.getString("id")))
                .isNull("endedAt"));
        assertThat(AdminFace.error(operator.post("/gms/jobs/" + job.getString("id") + "/pause", Map.of()))
                        .getString("name"))
                .isEqualTo("CONFLICT");
    }
}
