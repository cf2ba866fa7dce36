package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.client.group.KeyUse;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.Gms;
import org.mckms.it.support.GroupMemberDevice;
import org.mckms.it.support.Reply;
import org.mckms.it.support.Tls;
import org.mckms.it.support.TwoGms;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.group.Gktp;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.KeyTransports;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.group.ReceptionFault;
import org.mckms.protocol.group.RegroupAcknowledgement;
import org.mckms.protocol.group.RegroupAcknowledgementCodec;
import org.mckms.protocol.group.RegroupNotification;
import org.mckms.protocol.group.RegroupNotificationCodec;
import org.mckms.protocol.group.RegroupTeardown;
import org.mckms.protocol.group.RegroupTeardownCodec;
import org.mckms.protocol.group.RegroupedTransports;

/**
 * Two complete systems of two organisations, each a KMS with its own masters and a GMS: groups of both become one temporary
 * group. Each test makes its own groups.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoSystemsIT {
    private static final Duration LIMIT = TwoGms.LIMIT;
    private static final String NORTH_GMS = "sip:gms@north.example";
    private static final String SOUTH_GMS = "sip:gms@south.example";

    private TwoGms both;
    private Gms north;
    private Gms south;
    private GroupMemberDevice alice;
    private GroupMemberDevice adam;
    private GroupMemberDevice bob;
    private GroupMemberDevice berta;

    @BeforeAll
    void startBoth(@TempDir Path stores) {
        both = TwoGms.start("system", Map.of(), Map.of());
        north = both.north();
        south = both.south();
        alice = GroupMemberDevice.registered(north.kms(), "sip:alice@north.example", stores);
        adam = GroupMemberDevice.registered(north.kms(), "sip:adam@north.example", stores);
        bob = GroupMemberDevice.registered(south.kms(), "sip:bob@south.example", stores);
        berta = GroupMemberDevice.registered(south.kms(), "sip:berta@south.example", stores);
    }

    @AfterAll
    void stopBoth() {
        Stream.of(alice, adam, bob, berta).filter(device -> device != null).forEach(GroupMemberDevice::close);
        if (both != null) {
            both.close();
        }
    }

    @Test
    void usersOfBothSystemsDeriveTheSameKeysForATalker() {
        String temporary = "sip:tmp-same@north.example";
        JsonObject started = regroup(temporary, "same", List.of("media", "floor"));
        assertThat(started.getString("role")).isEqualTo("PRIMARY");
        awaitState(started, "STORED");

        Stream.of(alice, adam, bob, berta).forEach(device -> device.refresh(temporary));

        for (KeyUse use : KeyUse.values()) {
            for (GroupMemberDevice talker : List.of(alice, bob)) {
                Optional<String> heard = alice.hears(talker.uri(), temporary, use);
                assertThat(heard).isPresent();
                assertThat(adam.hears(talker.uri(), temporary, use)).isEqualTo(heard);
                assertThat(bob.hears(talker.uri(), temporary, use)).isEqualTo(heard);
                assertThat(berta.hears(talker.uri(), temporary, use)).isEqualTo(heard);
            }
        }
        assertThat(bob.keyIds(temporary)).hasSize(2).containsExactlyInAnyOrderElementsOf(alice.keyIds(temporary));
        JsonObject settled = awaitState(started, "SETTLED");
        assertThat(settled.getInt("members")).isEqualTo(2);
        assertThat(settled.getInt("acknowledged")).isEqualTo(2);
        assertThat(settled.getInt("failed")).isZero();
    }

    @Test
    void newKeysReachBothSystems() {
        String temporary = "sip:tmp-rekey@north.example";
        JsonObject started = regroup(temporary, "rekey", List.of("media"));
        awaitState(started, "STORED");
        alice.refresh(temporary);
        bob.refresh(temporary);
        Optional<String> before = bob.hears(alice.uri(), temporary, KeyUse.MEDIA);

        JsonObject renewed = AdminFace.object(north.post("/regroups/" + started.getString("id") + "/rekey", Map.of()));
        assertThat(partOf(renewed).getInt("generation")).isEqualTo(2);
        awaitState(started, "STORED");
        alice.refresh(temporary);
        bob.refresh(temporary);

        assertThat(bob.hears(alice.uri(), temporary, KeyUse.MEDIA))
                .isPresent()
                .isNotEqualTo(before)
                .isEqualTo(alice.hears(alice.uri(), temporary, KeyUse.MEDIA));
    }

    @Test
    void whatAPartnersMemberCannotTakeReachesThePrimary() {
        String temporary = "sip:tmp-fault@north.example";
        JsonObject started = regroup(temporary, "fault", List.of("media"));
        awaitState(started, "STORED");
        berta.refresh(temporary);
        bob.gms().keys(McService.MCPTT, temporary, Optional.empty()).orElseThrow();
        bob.gms()
                .acknowledge(new KeyAcknowledgement(
                        temporary, 0, bob.uri(), List.of(), Optional.of(ReceptionFault.CANNOT_OPEN)));

        JsonObject settled = awaitState(started, "SETTLED");

        assertThat(settled.getInt("failed")).isEqualTo(1);
        assertThat(settled.getInt("acknowledged")).isEqualTo(1);
        assertThat(settled.getString("reason")).contains("1 of 2 members");
    }

    @Test
    void aGroupThatThePartnerDoesNotHaveIsAnErrorAlongTheSamePath() {
        TwoGms.makeGroup(north, "sip:alone@north.example", alice);

        JsonObject started = AdminFace.object(north.post(
                "/regroups",
                Map.of(
                        "temporaryGroup",
                        "sip:tmp-unknown@north.example",
                        "service",
                        "mcptt",
                        "ownGroups",
                        List.of("sip:alone@north.example"),
                        "partnerGroups",
                        List.of(SOUTH_GMS + " sip:none@south.example"))));

        assertThat(awaitState(started, "FAILED").getString("reason")).contains("404");
        assertThat(south.get(Gms.group("sip:tmp-unknown@north.example")).status())
                .isEqualTo(404);
    }

    @Test
    void thePrimaryEndsItForBoth() {
        String temporary = "sip:tmp-end@north.example";
        JsonObject started = regroup(temporary, "end", List.of("media"));
        awaitState(started, "STORED");
        alice.refresh(temporary);
        bob.refresh(temporary);
        assertThat(bob.hears(bob.uri(), temporary, KeyUse.MEDIA)).isPresent();

        AdminFace.object(north.delete("/regroups/" + started.getString("id")));
        awaitState(started, "ENDED");

        awaitSilence(alice, temporary);
        awaitSilence(bob, temporary);
    }

    @Test
    void thePartnerLeaves() {
        String temporary = "sip:tmp-leave@north.example";
        JsonObject started = regroup(temporary, "leave", List.of("media"));
        awaitState(started, "STORED");
        bob.refresh(temporary);

        JsonObject seen = AdminFace.object(south.get("/regroups/" + started.getString("id")));
        assertThat(seen.getString("role")).isEqualTo("PARTNER");
        AdminFace.object(south.delete("/regroups/" + started.getString("id")));

        awaitState(started, "ENDED");
        awaitSilence(bob, temporary);
        assertThat(AdminFace.object(north.get(Gms.group(temporary))).getString("state"))
                .isEqualTo("TORN_DOWN");
    }

    @Test
    void managersOfTheOtherSystemOrWithoutTheGroupsSeeNothing() {
        JsonObject started = regroup("sip:tmp-hidden@north.example", "hidden", List.of("media"));
        awaitState(started, "STORED");
        String path = "/regroups/" + started.getString("id");

        assertThat(north.send(north.to(path, alice.uri()).GET().build()).status())
                .isEqualTo(404);
        assertThat(south.send(south.to(path, bob.uri()).DELETE().build()).status())
                .isEqualTo(404);
        assertThat(north.send(north.to("/regroups", alice.uri())
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(
                                        "{\"temporaryGroup\":\"sip:t@north.example\",\"service\":\"mcptt\","
                                                + "\"ownGroups\":[\"sip:g-hidden@north.example\"],"
                                                + "\"partnerGroups\":[\"" + SOUTH_GMS + " sip:g@south.example\"]}"))
                                .build())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void onlyThePartnersGmsWithCertificateAndTokenPosts() {
        byte[] document = notification(NORTH_GMS, SOUTH_GMS, "sip:tmp-attack@north.example", "sip:g@south.example");
        Tls.Credential certificate = north.kms().home().server("gms");
        String token = TwoGms.partnerToken(north);

        assertThat(both.post("notifications", document, Optional.empty(), token).status())
                .isEqualTo(403);
        assertThat(both.post("notifications", document, Optional.of(certificate), south.token(bob.uri()))
                        .status())
                .isEqualTo(403);
        assertThat(both.post("notifications", document, Optional.empty(), south.token(bob.uri()))
                        .status())
                .isEqualTo(404);
        assertThat(both.post("notifications", document, Optional.of(certificate), TwoGms.partnerToken(south))
                        .status())
                .isIn(401, 403);
        assertThat(south.kms().csc(certificate).post("/keyprov", token).status())
                .isIn(401, 403);
    }

    @ParameterizedTest
    @CsvSource({
        "sip:gms@south.example, sip:gms@south.example, sip:tmp-x@north.example, sip:g-open@south.example, 403",
        "sip:gms@north.example, sip:gms@west.example, sip:tmp-x@north.example, sip:g-open@south.example, 403",
        "sip:gms@north.example, sip:gms@south.example, sip:tmp-x@north.example, sip:g-open@south.example, 409"
    })
    void aNotificationThatIsWrongIsRefused(String primary, String partner, String temporary, String group, int status) {
        TwoGms.makeGroup(south, "sip:g-open@south.example", bob);

        byte[] document = notification(primary, partner, temporary, group);
        Await.that(
                "the south has the certificate of the north",
                LIMIT,
                () -> both.asNorth("notifications", document).status() != 503);
        Reply reply = both.asNorth("notifications", document);

        assertThat(reply.status()).isEqualTo(status);
        if (status == 409) {
            assertThat(reply.text()).contains("MALFORMED");
        }
    }

    @Test
    void answersAndEndsOfRegroupsThatNobodyKnowsAreRefused() {
        RegroupAcknowledgement answer = new RegroupAcknowledgement(
                "nobody-knows", 1, NORTH_GMS, RegroupAcknowledgement.Outcome.SETTLED, 1, 1, 0, Optional.empty());
        RegroupTeardown end = new RegroupTeardown("nobody-knows", "sip:tmp-x@north.example", NORTH_GMS, SOUTH_GMS);

        assertThat(both.asNorth("acknowledgements", RegroupAcknowledgementCodec.write(answer))
                        .status())
                .isEqualTo(404);
        assertThat(both.asNorth("teardowns", RegroupTeardownCodec.write(end)).status())
                .isEqualTo(404);
        assertThat(both.asNorth("teardowns", "<html/>".getBytes()).status()).isEqualTo(400);
        assertThat(both.asNorth("notifications", new byte[10_000]).status()).isEqualTo(400);
    }

    private JsonObject regroup(String temporary, String name, List<String> uses) {
        String ofNorth = "sip:g-" + name + "@north.example";
        String ofSouth = "sip:g-" + name + "@south.example";
        TwoGms.makeGroup(north, ofNorth, alice, adam);
        TwoGms.makeGroup(south, ofSouth, bob, berta);
        return both.regroup(temporary, ofNorth, ofSouth, uses);
    }

    private JsonObject awaitState(JsonObject regroup, String state) {
        return both.awaitState(regroup, state);
    }

    /** A member hears nobody once it was told that the keys are revoked, which takes the time of a job. */
    private static void awaitSilence(GroupMemberDevice member, String group) {
        Await.that(member.uri() + " has no key of " + group, LIMIT, () -> {
            member.refresh(group);
            return member.hears(member.uri(), group, KeyUse.MEDIA).isEmpty();
        });
    }

    private static JsonObject partOf(JsonObject regroup) {
        return regroup.getJsonArray("parts").getJsonObject(0);
    }

    /** A notification whose message is none. */
    private static byte[] notification(String primary, String partner, String temporary, String group) {
        GktpDocument keys = new GktpDocument(
                McService.MCPTT,
                Optional.of(KeyTransports.of(
                        new RegroupedTransports(temporary, List.of(new Gktp(partner, Octets.fromHex("011a0501")))))),
                Optional.empty());
        return RegroupNotificationCodec.write(new RegroupNotification(
                "attack", 1, temporary, primary, partner, List.of(group), McService.MCPTT, keys));
    }
}
