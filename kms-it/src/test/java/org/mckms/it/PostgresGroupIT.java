package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.group.KeyUse;
import org.mckms.client.group.Reception;
import org.mckms.it.support.Await;
import org.mckms.it.support.GroupFace;
import org.mckms.it.support.GroupMemberDevice;
import org.mckms.it.support.GroupSystem;
import org.mckms.it.support.KmsServer.Variant;
import org.mckms.it.support.MemberReceiver;
import org.mckms.it.support.PostgresCluster;
import org.mckms.protocol.group.GktpDocumentCodec;

/** The main procedures of groups on PostgreSQL: keys, members, revocation, and deliveries through the outbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresGroupIT {
    private static final String ALICE = "sip:alice@example.org";
    private static final String BOB = "sip:bob@example.org";
    private static final String CAROL = "sip:carol@example.org";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private PostgresCluster postgres;
    private GroupSystem system;
    private GroupMemberDevice alice;
    private GroupMemberDevice bob;
    private GroupMemberDevice carol;

    @BeforeAll
    void start(@TempDir Path folder) {
        postgres = PostgresCluster.start(folder);
        system = GroupSystem.start(
                "groups-postgres",
                Map.of("gms.callbacks.allow", "127.0.0.0/8"),
                Variant.AS_BUILT.withEnvironment(postgres.environment()));
        alice = system.member(ALICE);
        bob = system.member(BOB);
        carol = system.member(CAROL);
    }

    @AfterAll
    void stop() {
        if (system != null) {
            system.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    private JsonObject group(String uri) {
        return GroupFace.json(system.manager().get(GroupFace.group(uri)), 200);
    }

    @Test
    void bringsTwoKeysToAllMembers() {
        String group = "sip:two-keys@example.org";
        system.create(group, List.of(ALICE, BOB));

        alice.refresh(group);
        bob.refresh(group);

        assertThat(system.states(group).values()).containsOnly(List.of("ACKNOWLEDGED", "ACKNOWLEDGED"));
        for (KeyUse use : KeyUse.values()) {
            assertThat(alice.hears(ALICE, group, use)).isPresent().isEqualTo(bob.hears(ALICE, group, use));
        }
    }

    @Test
    void joinersGetTheKeysAndLeaversGetNoMore() {
        String group = "sip:life@example.org";
        system.create(group, List.of(ALICE, BOB));
        bob.refresh(group);
        system.finished(system.manager().post(GroupFace.group(group) + "/members", Map.of("members", List.of(CAROL))));
        system.finished(system.manager().delete(GroupFace.group(group) + "/members/" + BOB));
        alice.refresh(group);
        carol.refresh(group);

        Optional<String> now = alice.hears(ALICE, group, KeyUse.MEDIA);
        assertThat(group(group).getInt("generation")).isEqualTo(2);
        assertThat(now).isPresent().isEqualTo(carol.hears(ALICE, group, KeyUse.MEDIA));
        assertThat(bob.hears(ALICE, group, KeyUse.MEDIA)).isNotEqualTo(now);
        assertThat(system.face(BOB).get("/gktps/" + group).status()).isEqualTo(404);
    }

    @Test
    void aRevocationReachesMembersAfterNewKeysAndNoNewcomer() {
        String group = "sip:revoked@example.org";
        system.create(group, List.of(ALICE));
        alice.refresh(group);
        String key = group(group).getJsonArray("keys").getJsonObject(0).getString("id");
        system.finished(system.manager().post(GroupFace.group(group) + "/keys/" + key + "/revoke", Map.of()));
        system.finished(system.manager().post(GroupFace.group(group) + "/rekey", Map.of()));
        system.finished(system.manager().post(GroupFace.group(group) + "/members", Map.of("members", List.of(BOB))));

        alice.refresh(group);
        bob.refresh(group);

        assertThat(alice.keyIds(group)).isNotEmpty().doesNotContain(key);
        assertThat(system.states(group).get(ALICE)).hasSize(3).containsOnly("ACKNOWLEDGED");
        assertThat(system.states(group).get(BOB)).hasSize(2).containsOnly("ACKNOWLEDGED");
        assertThat(bob.hears(ALICE, group, KeyUse.MEDIA))
                .isPresent()
                .isEqualTo(alice.hears(ALICE, group, KeyUse.MEDIA));
    }

    @Test
    void pushesToACallbackUntilItIsTaken() {
        String group = "sip:pushed@example.org";
        try (MemberReceiver receiver = MemberReceiver.start(system.kms().home())) {
            receiver.answer(503);
            carol.gms().registerCallback(URI.create(receiver.address()));
            system.create(group, List.of(CAROL));
            Await.that("it was tried", LIMIT, () -> !receiver.posted().isEmpty());
            receiver.answer(204);
            Await.that("it was pushed", LIMIT, () -> system.states(group)
                    .get(CAROL)
                    .equals(List.of("DELIVERED", "DELIVERED")));

            MemberReceiver.Posted pushed =
                    receiver.posted().get(receiver.posted().size() - 1);
            assertThat(carol.member().pushed(GktpDocumentCodec.read(pushed.body()), pushed.groupUri()))
                    .map(Reception::isTaken)
                    .contains(true);
        } finally {
            carol.gms().removeCallback();
        }
    }
}
