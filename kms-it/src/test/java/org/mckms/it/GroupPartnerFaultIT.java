package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.client.group.DeniedSigners;
import org.mckms.client.group.KeyUse;
import org.mckms.client.group.MessageWindow;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.Gms;
import org.mckms.it.support.GroupMemberDevice;
import org.mckms.it.support.KmsServer.Variant;
import org.mckms.it.support.MemberReceiver;
import org.mckms.it.support.PlayedGms;
import org.mckms.it.support.PostgresCluster;
import org.mckms.it.support.Reply;
import org.mckms.it.support.TwoGms;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.group.Gktp;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.GktpDocumentCodec;
import org.mckms.protocol.group.KeyTransports;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.group.RegroupNotification;
import org.mckms.protocol.group.RegroupNotificationCodec;
import org.mckms.protocol.group.RegroupRekeyRequest;
import org.mckms.protocol.group.RegroupRekeyRequestCodec;
import org.mckms.protocol.group.RegroupedTransports;

/**
 * What may go wrong between two systems: users who leave, a partner that says the wrong thing with the right signature, one
 * whose signing key is denied, and a device that both systems notify. The south is on PostgreSQL.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupPartnerFaultIT {
    private static final byte[] KEY = new byte[16];

    private PostgresCluster postgres;
    private TwoGms both;
    private Gms north;
    private Gms south;
    private Path denied;
    private PlayedGms played;
    private GroupMemberDevice alice;
    private GroupMemberDevice adam;
    private GroupMemberDevice bob;
    private GroupMemberDevice berta;

    @BeforeAll
    void startBoth(@TempDir Path folder) throws IOException {
        denied = Files.writeString(folder.resolve("denied-signers"), "# nobody\n");
        postgres = PostgresCluster.start(folder);
        both = TwoGms.start(
                "faults",
                Map.of("gms.callbacks.allow", "127.0.0.0/8"),
                Map.of("gms.denied-signers-file", denied.toString()),
                Variant.AS_BUILT.withEnvironment(postgres.environment()));
        north = both.north();
        south = both.south();
        played = PlayedGms.registered(north, folder);
        alice = GroupMemberDevice.registered(north.kms(), "sip:alice@north.example", folder);
        adam = GroupMemberDevice.registered(north.kms(), "sip:adam@north.example", folder);
        bob = GroupMemberDevice.registered(south.kms(), "sip:bob@south.example", folder);
        berta = GroupMemberDevice.registered(south.kms(), "sip:berta@south.example", folder);
    }

    @AfterAll
    void stopBoth() {
        Stream.of(alice, adam, bob, berta).filter(device -> device != null).forEach(GroupMemberDevice::close);
        if (played != null) {
            played.close();
        }
        if (both != null) {
            both.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    private static String group(String name, String system) {
        return "sip:g-" + name + "@" + system + ".example";
    }

    private static String temporary(String name) {
        return "sip:tmp-" + name + "@north.example";
    }

    private JsonObject regroup(String name) {
        TwoGms.makeGroup(north, group(name, "north"), alice, adam);
        TwoGms.makeGroup(south, group(name, "south"), bob, berta);
        return both.regroup(temporary(name), group(name, "north"), group(name, "south"), List.of("media"));
    }

    private void awaitGeneration(JsonObject regroup, int generation) {
        Await.that("generation " + generation + " is stored at the partner", TwoGms.LIMIT, () -> {
            JsonObject part = both.part(regroup);
            return part.getInt("generation") == generation
                    && part.getString("state").equals("STORED");
        });
    }

    private static int keysOf(Gms gms, String user, String groupUri) {
        return gms.send(gms.to("/gktps/" + groupUri, user).GET().build()).status();
    }

    @Test
    void whoLeavesAGroupOfAPartnerIsOutOfTheTemporaryGroupAndItsKeysAreReplaced() {
        JsonObject started = regroup("leave-south");
        String temporary = temporary("leave-south");
        both.awaitState(started, "STORED");
        Stream.of(alice, bob, berta).forEach(device -> device.refresh(temporary));
        Optional<String> before = berta.hears(alice.uri(), temporary, KeyUse.MEDIA);

        south.finished(south.delete(Gms.group(group("leave-south", "south")) + "/members/" + berta.uri()));

        assertThat(keysOf(south, berta.uri(), temporary)).isEqualTo(404);
        awaitGeneration(started, 2);
        alice.refresh(temporary);
        bob.refresh(temporary);
        assertThat(bob.hears(alice.uri(), temporary, KeyUse.MEDIA))
                .isPresent()
                .isNotEqualTo(before)
                .isEqualTo(alice.hears(alice.uri(), temporary, KeyUse.MEDIA));
        assertThat(berta.hears(alice.uri(), temporary, KeyUse.MEDIA)).isEqualTo(before);
        assertThat(keysOf(south, berta.uri(), temporary)).isEqualTo(404);
    }

    @Test
    void whoLeavesAGroupOfThePrimaryIsOutOfTheTemporaryGroupAndItsKeysAreReplaced() {
        JsonObject started = regroup("leave-north");
        String temporary = temporary("leave-north");
        both.awaitState(started, "STORED");

        north.finished(north.delete(Gms.group(group("leave-north", "north")) + "/members/" + adam.uri()));

        assertThat(keysOf(north, adam.uri(), temporary)).isEqualTo(404);
        awaitGeneration(started, 2);
        alice.refresh(temporary);
        bob.refresh(temporary);
        assertThat(bob.hears(alice.uri(), temporary, KeyUse.MEDIA))
                .isPresent()
                .isEqualTo(alice.hears(alice.uri(), temporary, KeyUse.MEDIA));
    }

    @Test
    void aWishForKeysOfARegroupThatNobodyKnowsIsRefused() {
        RegroupRekeyRequest wish =
                new RegroupRekeyRequest("nobody-knows", 1, temporary("none"), south.uri(), north.uri());

        assertThat(both.asNorth("rekey-requests", RegroupRekeyRequestCodec.write(wish))
                        .status())
                .isEqualTo(404);
        assertThat(both.asNorth("rekey-requests", "<html/>".getBytes()).status())
                .isEqualTo(400);
    }

    @Test
    void aNotificationOfTenMinutesAgoOrAheadIsRefused() {
        TwoGms.makeGroup(south, group("stale", "south"), bob);
        for (Duration off : List.of(Duration.ofMinutes(-10), Duration.ofMinutes(10))) {
            byte[] stale = notification(
                    "stale", 1, message("stale", 1, KEY, Instant.now().plus(off)));
            Reply refused = settled(stale);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text()).contains("KEY_MESSAGE_REFUSED").contains("STALE");
        }
        assertThat(keysOf(south, bob.uri(), temporary("stale"))).isEqualTo(404);
    }

    @Test
    void aNotificationThatIsSaidAgainChangesNothingAndOneThatSaysOtherwiseIsRefused() {
        TwoGms.makeGroup(south, group("again", "south"), bob);
        byte[] first = notification("again", 2, message("again", 2, KEY, Instant.now()));
        assertThat(settled(first).status()).isEqualTo(204);
        JsonObject held = seenByTheSouth("again");

        assertThat(both.asNorth("notifications", first).status()).isEqualTo(204);
        assertThat(seenByTheSouth("again").getInt("generation")).isEqualTo(held.getInt("generation"));

        byte[] other = KEY.clone();
        other[0] = 1;
        Reply changed =
                both.asNorth("notifications", notification("again", 2, message("again", 2, other, Instant.now())));
        assertThat(changed.status()).isEqualTo(409);
        assertThat(changed.text()).contains("KEY_MISMATCH");
        Reply older = both.asNorth("notifications", notification("again", 1, message("again", 3, KEY, Instant.now())));
        assertThat(older.status()).isEqualTo(409);
        assertThat(older.text()).contains("REPLAYED");
        Reply elsewhere =
                both.asNorth("notifications", notification("elsewhere", 1, message("again", 2, KEY, Instant.now())));
        assertThat(elsewhere.status()).isEqualTo(409);
        assertThat(seenByTheSouth("again").getInt("generation")).isEqualTo(held.getInt("generation"));
    }

    private JsonObject seenByTheSouth(String name) {
        JsonObject group = AdminFace.object(south.get("/regroups/" + name));
        return group.getJsonArray("parts").getJsonObject(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"notifications", "acknowledgements", "rekey-requests", "teardowns"})
    void aBodyOfMoreThan64KibIsNotTaken(String resource) {
        byte[] large = new byte[64 * 1024 + 1];

        assertThat(both.asNorth(resource, large).status()).isEqualTo(413);
        assertThat(both.asNorth(resource, new byte[64 * 1024]).status()).isEqualTo(400);
    }

    @Test
    void theSignatureOfARevokedGmsIsRefusedByItsPartner() throws IOException {
        TwoGms.makeGroup(south, group("denied", "south"), bob);
        Octets message = message("denied", 5, KEY, Instant.now());
        byte[] notification = notification("denied", 1, message);
        Octets pvt = message.slice(message.size() - 65, message.size());
        Files.writeString(denied, DeniedSigners.nameOf(pvt) + "\n");
        try {
            Reply refused = settled(notification);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text()).contains("NOT_AUTHORISED");
            Files.writeString(denied, "rubbish\n");
            assertThat(both.asNorth("notifications", notification).status()).isEqualTo(503);
        } finally {
            Files.writeString(denied, "# nobody\n");
        }

        assertThat(settled(notification("denied", 1, message("denied", 5, KEY, Instant.now())))
                        .status())
                .isEqualTo(204);
    }

    /** One device with an account at each system has one address for both. */
    @Test
    void aDeviceIsNotifiedByTwoSystems() {
        String ofNorth = group("pushed", "north");
        String ofSouth = group("pushed", "south");
        try (MemberReceiver receiver = MemberReceiver.start(south.kms().home())) {
            alice.gms().registerCallback(URI.create(receiver.address()));
            bob.gms().registerCallback(URI.create(receiver.address()));
            TwoGms.makeGroup(north, ofNorth, alice);
            TwoGms.makeGroup(south, ofSouth, bob);

            MemberReceiver.Posted fromNorth = pushed(receiver, ofNorth);
            MemberReceiver.Posted fromSouth = pushed(receiver, ofSouth);

            assertThat(isTaken(alice, fromSouth)).isFalse();
            assertThat(isTaken(bob, fromNorth)).isFalse();
            assertThat(isTaken(alice, fromNorth)).isTrue();
            assertThat(isTaken(bob, fromSouth)).isTrue();
            assertThat(alice.hears(alice.uri(), ofNorth, KeyUse.MEDIA)).isPresent();
            assertThat(bob.hears(bob.uri(), ofSouth, KeyUse.MEDIA)).isPresent();
        } finally {
            alice.gms().removeCallback();
            bob.gms().removeCallback();
        }
    }

    private static MemberReceiver.Posted pushed(MemberReceiver receiver, String group) {
        return Await.value("keys of " + group + " are pushed", TwoGms.LIMIT, () -> receiver.posted().stream()
                .filter(posted -> posted.groupUri().equals(group))
                .findFirst());
    }

    private static boolean isTaken(GroupMemberDevice device, MemberReceiver.Posted posted) {
        return device.receiver()
                .receive(GktpDocumentCodec.read(posted.body()), posted.groupUri(), MessageWindow.INTERACTIVE)
                .isTaken();
    }

    private Octets message(String name, int id, byte[] key, Instant time) {
        return played.message(
                new KeyIdentifier(0x0700_0000 + name.hashCode() % 0x10000 * 16 + id),
                key,
                temporary(name),
                south.uri(),
                south.kms().kmsUri(),
                time);
    }

    private byte[] notification(String name, long generation, Octets message) {
        return RegroupNotificationCodec.write(new RegroupNotification(
                name,
                generation,
                temporary(name),
                north.uri(),
                south.uri(),
                List.of(group(name, "south")),
                McService.MCPTT,
                new GktpDocument(
                        McService.MCPTT,
                        Optional.of(KeyTransports.of(
                                new RegroupedTransports(temporary(name), List.of(new Gktp(south.uri(), message))))),
                        Optional.empty())));
    }

    /** The answer once the south has the certificate of the north's KMS, which it fetches when it misses it. */
    private Reply settled(byte[] notification) {
        return Await.value("the south can check the message", TwoGms.LIMIT, () -> Optional.of(
                        both.asNorth("notifications", notification))
                .filter(reply -> reply.status() != 503));
    }
}
