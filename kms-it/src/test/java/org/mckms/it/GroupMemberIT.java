package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.KmsRefusedException;
import org.mckms.client.group.KeyUse;
import org.mckms.client.group.KeysReady;
import org.mckms.client.group.MessageWindow;
import org.mckms.client.group.ReceivedKey;
import org.mckms.client.group.ReceivedKey.Outcome;
import org.mckms.client.group.Reception;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.Gms;
import org.mckms.it.support.GroupMemberDevice;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.group.ReceptionFault;

/** Members of groups with the client library, and the real server: A-19 from the order of a group to what SRTP gets. */
@TestInstance(Lifecycle.PER_CLASS)
class GroupMemberIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Gms gms;
    private GroupMemberDevice alice;
    private GroupMemberDevice bob;
    private GroupMemberDevice carol;

    @BeforeAll
    void start(@TempDir Path folder) {
        gms = Gms.start("group-member");
        alice = GroupMemberDevice.registered(gms.kms(), "sip:alice@example.org", folder);
        bob = GroupMemberDevice.registered(gms.kms(), "sip:bob@example.org", folder);
        carol = GroupMemberDevice.registered(gms.kms(), "sip:carol@example.org", folder);
    }

    @AfterAll
    void stop() {
        Stream.of(alice, bob, carol).filter(device -> device != null).forEach(GroupMemberDevice::close);
        gms.close();
    }

    @Test
    void holdsBothKeysOfOneNotificationAndHearsTheOthers() {
        String group = "sip:fire@example.org";
        make(group, Map.of("uses", List.of("media", "floor")), alice, bob);

        Reception first = alice.refresh(group).orElseThrow();
        bob.refresh(group);

        assertThat(first.keys()).hasSize(2).extracting(ReceivedKey::outcome).containsOnly(Outcome.STORED);
        assertThat(alice.hears(alice.uri(), group, KeyUse.MEDIA))
                .isPresent()
                .isEqualTo(bob.hears(alice.uri(), group, KeyUse.MEDIA));
        assertThat(alice.hears(bob.uri(), group, KeyUse.FLOOR))
                .isPresent()
                .isEqualTo(bob.hears(bob.uri(), group, KeyUse.FLOOR))
                .isNotEqualTo(alice.hears(bob.uri(), group, KeyUse.MEDIA));
        assertThat(states(group, alice)).containsOnly("ACKNOWLEDGED").hasSize(2);
        assertThat(alice.refresh(group)).isEmpty();
    }

    @Test
    void hasTwoGmksWhereAGroupIsSetUpSo() {
        String group = "sip:two-gmks@example.org";
        make(group, Map.of("uses", List.of("media", "floor"), "floorKey", "gmk"), alice);

        assertThat(alice.refresh(group).orElseThrow().keys()).hasSize(2);

        assertThat(alice.keyIds(group)).allMatch(keyId -> keyId.startsWith("0"));
        assertThat(alice.hears(alice.uri(), group, KeyUse.FLOOR))
                .isPresent()
                .isNotEqualTo(alice.hears(alice.uri(), group, KeyUse.MEDIA));
    }

    @Test
    void leavesARemovedMemberWithoutTheNewKey() {
        String group = "sip:leaving@example.org";
        make(group, Map.of(), alice, bob, carol);
        Stream.of(alice, bob, carol).forEach(device -> device.refresh(group));

        gms.finished(gms.delete(Gms.group(group) + "/members/sip%3Acarol%40example.org"));
        alice.refresh(group);
        bob.refresh(group);

        assertThat(catchThrowableOfType(KmsRefusedException.class, () -> carol.refresh(group))
                        .httpStatus())
                .isEqualTo(404);
        assertThat(alice.hears(bob.uri(), group, KeyUse.MEDIA))
                .isPresent()
                .isEqualTo(bob.hears(bob.uri(), group, KeyUse.MEDIA))
                .isNotEqualTo(carol.hears(bob.uri(), group, KeyUse.MEDIA));
    }

    @Test
    void goesOverToANewKeyWithTheOthersAtItsActivation() {
        String group = "sip:switching@example.org";
        make(group, Map.of(), alice, bob);
        alice.refresh(group);
        bob.refresh(group);
        Optional<String> before = alice.hears(alice.uri(), group, KeyUse.MEDIA);
        Instant activation = Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.SECONDS);

        gms.finished(gms.post(Gms.group(group) + "/rekey", Map.of("activation", activation.toString())));
        alice.refresh(group);
        bob.refresh(group);

        assertThat(alice.keyIds(group)).hasSize(2);
        assertThat(before).isPresent().isEqualTo(alice.hears(alice.uri(), group, KeyUse.MEDIA));
        Await.that("the new key is active", LIMIT, () -> !alice.hears(alice.uri(), group, KeyUse.MEDIA)
                .equals(before));
        assertThat(Instant.now()).isAfterOrEqualTo(activation);
        assertThat(bob.hears(alice.uri(), group, KeyUse.MEDIA))
                .isEqualTo(alice.hears(alice.uri(), group, KeyUse.MEDIA));
    }

    @Test
    void deletesARevokedKey() {
        String group = "sip:revoking@example.org";
        make(group, Map.of(), alice);
        alice.refresh(group);
        String keyId = alice.keyIds(group).get(0);

        gms.finished(gms.post(Gms.group(group) + "/keys/" + keyId + "/revoke", Map.of()));
        Reception revocation = alice.refresh(group).orElseThrow();

        assertThat(revocation.keys()).extracting(ReceivedKey::outcome).contains(Outcome.REVOKED);
        assertThat(alice.keyIds(group)).doesNotContain(keyId);
        assertThat(states(group, alice)).containsOnly("ACKNOWLEDGED");
    }

    @Test
    void answersAnErrorThatReachesTheStateOfTheGroup() {
        String group = "sip:failing@example.org";
        make(group, Map.of(), bob);
        GktpDocument document = bob.gms()
                .keys(McService.MCPTT, group, Optional.empty())
                .orElseThrow()
                .document();

        Reception refused = alice.receiver().receive(document, group, MessageWindow.STORED);
        assertThat(refused.refusal().orElseThrow().fault()).isEqualTo(ReceptionFault.NOT_FOR_ME);
        bob.gms()
                .acknowledge(new KeyAcknowledgement(
                        group, 0, bob.uri(), List.of(), Optional.of(ReceptionFault.DUPLICATE_KEY_ID)));

        assertThat(states(group, bob)).containsOnly("FAILED");
        assertThat(memberOf(group, bob).getJsonArray("keys").getJsonObject(0).getString("reason"))
                .contains("DUPLICATE_KEY_ID");
        bob.refresh(group);
        assertThat(states(group, bob)).containsOnly("ACKNOWLEDGED");
    }

    @Test
    void mayNotAnswerForAnotherOrForAKeyItWasNotGiven() {
        String group = "sip:answers@example.org";
        make(group, Map.of(), alice, bob);
        alice.refresh(group);
        KeyIdentifier keyId = idOf(group);

        assertThat(refused(new KeyAcknowledgement(group, 0, bob.uri(), List.of(keyId), Optional.empty())))
                .isEqualTo(403);
        assertThat(refused(new KeyAcknowledgement(
                        group, 0, alice.uri(), List.of(new KeyIdentifier(0x0BADBAD0)), Optional.empty())))
                .isEqualTo(404);
        alice.gms().acknowledge(new KeyAcknowledgement(group, 0, alice.uri(), List.of(keyId), Optional.empty()));
    }

    @Test
    void hearsOfNewKeysAndFetchesThem() {
        String group = "sip:listening@example.org";
        List<KeysReady> heard = new ArrayList<>();
        ExecutorService listening = Executors.newSingleThreadExecutor();
        try {
            listening.submit(() -> carol.gms().listen(ready -> {
                synchronized (heard) {
                    heard.add(ready);
                }
            }));
            make(group, Map.of(), carol);
            Await.that("the server tells of keys", LIMIT, () -> {
                synchronized (heard) {
                    return heard.stream().anyMatch(ready -> ready.groupUri().equals(group));
                }
            });
            assertThat(carol.refresh(group).orElseThrow().isTaken()).isTrue();
        } finally {
            listening.shutdownNow();
        }
    }

    private void make(String group, Map<String, ?> more, GroupMemberDevice... members) {
        Map<String, Object> order = new TreeMap<>(Map.of(
                "uri",
                group,
                "service",
                "mcptt",
                "members",
                Stream.of(members).map(GroupMemberDevice::uri).toList()));
        order.putAll(more);
        assertThat(gms.post("/groups", order).status()).isEqualTo(201);
    }

    private KeyIdentifier idOf(String group) {
        return alice.groupKeys().keys().stream()
                .filter(key -> key.groups().contains(group))
                .findFirst()
                .orElseThrow()
                .keyId();
    }

    private int refused(KeyAcknowledgement answer) {
        return catchThrowableOfType(KmsRefusedException.class, () -> alice.gms().acknowledge(answer))
                .httpStatus();
    }

    private List<String> states(String group, GroupMemberDevice member) {
        return memberOf(group, member).getJsonArray("keys").getValuesAs(JsonObject.class).stream()
                .map(key -> key.getString("state"))
                .toList();
    }

    private JsonObject memberOf(String group, GroupMemberDevice member) {
        return AdminFace.array(gms.get(Gms.group(group) + "/members"), "members").getValuesAs(JsonObject.class).stream()
                .filter(each -> each.getString("uri").equals(member.uri()))
                .findFirst()
                .orElseThrow();
    }
}
