package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
import org.mckms.it.support.CallbackReceiver;
import org.mckms.it.support.ExportedTrail;
import org.mckms.it.support.Gms;
import org.mckms.it.support.GroupMemberDevice;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.GktpDocumentCodec;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.KeyAcknowledgementCodec;
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
        gms = Gms.start("group-member", Map.of("gms.callbacks.allow", "127.0.0.0/8"));
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

    @Test
    void acknowledgesInTheAnswerToAPush() {
        String group = "sip:answering@example.org";
        withCallback("sip:dave@example.org", (dave, receiver) -> {
            receiver.behave(out -> {
                byte[] acknowledgement = KeyAcknowledgementCodec.write(taken(dave, receiver, group));
                int status = receiver.bodies().size() == 1 ? 500 : 200;
                out.write(answer(status, acknowledgement));
            });
            make(group, Map.of("uses", List.of("media", "floor")), dave);

            Await.that(
                    "it is pushed until the answer is one of success",
                    LIMIT,
                    () -> receiver.bodies().size() == 2);
            awaitAllPushed(group);
            assertThat(states(group, dave)).containsExactly("ACKNOWLEDGED", "ACKNOWLEDGED");
            assertThat(dave.keyIds(group)).hasSize(2);
            assertThat(trail("GROUP_KEYS_ACKNOWLEDGED", group)).isEqualTo(1);
        });
    }

    /** Each one tells of a delivery, and would be an acknowledgement but for one thing. */
    @Test
    void doesNotAcknowledgeWithAnythingElseInTheAnswer() {
        withCallback("sip:erin@example.org", (erin, receiver) -> {
            make("sip:garbled-before@example.org", Map.of(), erin, bob);
            Await.that("it is pushed before", LIMIT, () -> receiver.bodies().size() == 1);
            awaitAllPushed("sip:garbled-before@example.org");
            Map<String, UnaryOperator<KeyAcknowledgement>> others = Map.of(
                    "of another group",
                    good -> of("sip:garbled-before@example.org", good.memberUri(), good.keyIds()),
                    "of another member",
                    good -> of(good.groupUri(), bob.uri(), good.keyIds()),
                    "of one key more",
                    good -> of(
                            good.groupUri(),
                            good.memberUri(),
                            List.of(good.keyIds().get(0), new KeyIdentifier(0x0BADBAD0))),
                    "of another generation",
                    good -> new KeyAcknowledgement(
                            good.groupUri(), 9, good.memberUri(), good.keyIds(), Optional.empty()));
            Map<String, UnaryOperator<String>> texts = Map.of(
                    "no XML", good -> "thank you",
                    "a page", good -> "<html><body>OK</body></html>",
                    "cut", good -> good.substring(0, good.length() - 1),
                    "of no namespace", good -> good.replaceFirst(" xmlns=\"[^\"]*\"", ""),
                    "of a key that is no number", good -> good.replaceFirst("<KeyId>.", "<KeyId>x"),
                    "too long", good -> good + " ".repeat(16_384));
            others.forEach((name, other) ->
                    assertNotTaken(name, erin, receiver, good -> KeyAcknowledgementCodec.write(other.apply(good))));
            texts.forEach((name, text) -> assertNotTaken(name, erin, receiver, good -> text.apply(
                            new String(KeyAcknowledgementCodec.write(good), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8)));
            assertThat(states("sip:garbled-before@example.org", erin)).containsExactly("DELIVERED");
        });
    }

    private void assertNotTaken(
            String name,
            GroupMemberDevice member,
            CallbackReceiver receiver,
            Function<KeyAcknowledgement, byte[]> garbled) {
        String group = "sip:garbled-" + name.replace(' ', '-') + "@example.org";
        List<KeyAcknowledgement> good = new CopyOnWriteArrayList<>();
        receiver.behave(out -> {
            good.add(taken(member, receiver, group));
            byte[] content = garbled.apply(good.get(0));
            assertThat(content).isNotEqualTo(KeyAcknowledgementCodec.write(good.get(0)));
            out.write(answer(200, content));
        });
        make(group, Map.of(), member, bob);
        Await.that("it is pushed: " + name, LIMIT, () -> !good.isEmpty());
        awaitAllPushed(group);
        receiver.behave(CallbackReceiver.status(204));

        assertThat(states(group, member)).as(name).containsExactly("DELIVERED");
        assertThat(states(group, bob)).as(name).containsExactly("PENDING");
        assertThat(good).as(name).hasSize(1);
        member.gms().acknowledge(good.get(0));
        assertThat(states(group, member)).as(name).containsExactly("ACKNOWLEDGED");
    }

    private static KeyAcknowledgement of(String group, String member, List<KeyIdentifier> keyIds) {
        return new KeyAcknowledgement(group, KeyAcknowledgement.GENERATION_UNKNOWN, member, keyIds, Optional.empty());
    }

    /** A member of its own whose callback is a listener of this test. */
    private void withCallback(String user, BiConsumer<GroupMemberDevice, CallbackReceiver> test) {
        Path folder = gms.kms().home().dir().resolve("members");
        try (GroupMemberDevice member = GroupMemberDevice.registered(gms.kms(), user, folder);
                CallbackReceiver receiver = new CallbackReceiver(gms.kms().home())) {
            member.gms().registerCallback(URI.create(receiver.address("keys")));
            test.accept(member, receiver);
            member.gms().removeCallback();
        }
    }

    /** What a member says of the keys that were pushed to it last, once it has taken them. */
    private static KeyAcknowledgement taken(GroupMemberDevice member, CallbackReceiver receiver, String group) {
        String pushed = receiver.bodies().get(receiver.bodies().size() - 1);
        GktpDocument document = GktpDocumentCodec.read(pushed.getBytes(StandardCharsets.UTF_8));
        Reception reception = member.receiver().receive(document, group, MessageWindow.STORED);
        assertThat(reception.refusal()).isEmpty();
        return reception.acknowledgement(member.uri()).orElseThrow();
    }

    private static byte[] answer(int status, byte[] content) {
        String head = "HTTP/1.1 " + status + " x\r\nContent-Type: " + KeyAcknowledgementCodec.MEDIA_TYPE
                + "\r\nContent-Length: " + content.length + "\r\n\r\n";
        return Octets.ofAscii(head).concat(Octets.copyOf(content)).toByteArray();
    }

    /** Once nothing of a group is to be pushed any more, what came in the answers has been looked at. */
    private void awaitAllPushed(String group) {
        Await.that(
                "all keys of " + group + " are pushed", LIMIT, () -> AdminFace.array(
                                gms.kms().admin("operator").get("/deliveries"), "deliveries")
                        .getValuesAs(JsonObject.class)
                        .stream()
                        .noneMatch(left -> left.getString("reference").startsWith(group + " ")));
    }

    private long trail(String event, String group) {
        return ExportedTrail.of(gms.kms())
                .records()
                .lines()
                .filter(line -> line.contains(event) && line.contains(group))
                .count();
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
