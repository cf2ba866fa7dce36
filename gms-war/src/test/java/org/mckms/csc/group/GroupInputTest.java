package org.mckms.csc.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.gms.application.GroupOrder;
import org.mckms.gms.application.MemberOrder;
import org.mckms.gms.application.regroup.RegroupOrder;
import org.mckms.gms.domain.KeyUse;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.json.JsonBody;

class GroupInputTest {

    private static JsonBody body(String json, String... expected) {
        return JsonBody.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Set.of(expected));
    }

    private static GroupOrder group(String json) {
        try (JsonBody body = body(json, GroupInput.GROUP)) {
            return GroupInput.group(body);
        }
    }

    private static RegroupOrder regroup(String json) {
        try (JsonBody body = body(json, GroupInput.REGROUP)) {
            return GroupInput.regroup(body);
        }
    }

    @Test
    void readsAGroup() {
        GroupOrder order = group("{'uri':'sip:fire-7@example.org','name':'Fire 7','service':'mcvideo',"
                + "'uses':['media','floor'],'floorKey':'gmk','rekeyEvery':'P7D','lifetime':'P14D',"
                + "'members':['sip:alice@example.org','sip:bob@partner.example kms.partner.example']}");
        assertThat(order.uri()).isEqualTo("sip:fire-7@example.org");
        assertThat(order.name()).isEqualTo("Fire 7");
        assertThat(order.service()).isEqualTo(McService.MCVIDEO);
        assertThat(order.plan().uses()).containsExactly(KeyUse.MEDIA, KeyUse.FLOOR);
        assertThat(order.plan().floor()).isEqualTo(KeyPurpose.GMK);
        assertThat(order.plan().rekeyEvery()).contains(Duration.ofDays(7));
        assertThat(order.plan().lifetime()).contains(Duration.ofDays(14));
        assertThat(order.members())
                .containsExactly(
                        MemberOrder.own("sip:alice@example.org"),
                        new MemberOrder("sip:bob@partner.example", Optional.of("kms.partner.example")));
    }

    @Test
    void aGroupNeedsLittle() {
        GroupOrder order = group("{'uri':'sip:fire-7@example.org','service':'mcptt'}");
        assertThat(order.name()).isEmpty();
        assertThat(order.plan().uses()).containsExactly(KeyUse.MEDIA);
        assertThat(order.plan().floor()).isEqualTo(KeyPurpose.MKFC);
        assertThat(order.plan().rekeyEvery()).isEmpty();
        assertThat(order.members()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'uri':'sip:a@b'}",
                "{'service':'mcptt'}",
                "{'uri':'a','service':'mcptt'}",
                "{'uri':'sip:a%40b','service':'mcptt'}",
                "{'uri':'sip:a b','service':'mcptt'}",
                "{'uri':'sip:a@b','service':'MCPTT'}",
                "{'uri':'sip:a@b','service':'mcdata'}",
                "{'uri':'sip:a@b','service':'mcptt','uses':['voice']}",
                "{'uri':'sip:a@b','service':'mcptt','uses':'media'}",
                "{'uri':'sip:a@b','service':'mcptt','floorKey':'pck'}",
                "{'uri':'sip:a@b','service':'mcptt','rekeyEvery':'7'}",
                "{'uri':'sip:a@b','service':'mcptt','rekeyEvery':'PT1S'}",
                "{'uri':'sip:a@b','service':'mcptt','rekeyEvery':'P7D','lifetime':'P1D'}",
                "{'uri':'sip:a@b','service':'mcptt','members':['alice']}",
                "{'uri':'sip:a@b','service':'mcptt','members':[' kms.example.org']}",
                "{'uri':'sip:a@b','service':'mcptt','owner':'sip:c@d'}",
            })
    void refusesAGroupThatCannotBe(String json) {
        assertMalformed(() -> group(json));
    }

    @Test
    void refusesAUriThatIsTooLong() {
        assertMalformed(() -> group("{'uri':'sip:" + "a".repeat(509) + "','service':'mcptt'}"));
        assertMalformed(() -> group("{'uri':'sip:a@b','service':'mcptt','members':['sip:" + "a".repeat(509) + "']}"));
    }

    @Test
    void readsARegroup() {
        RegroupOrder order = regroup("{'temporaryGroup':'sip:tmp-1@example.org','name':'Flood','service':'mcptt',"
                + "'uses':['media','floor'],'ownGroups':['sip:fire-7@example.org'],"
                + "'partnerGroups':['sip:gms@b.example sip:g1@b.example','sip:gms@c.example sip:g@c.example',"
                + "'sip:gms@b.example sip:g2@b.example'],'expiry':'2026-03-01T00:00:00Z'}");
        assertThat(order.temporaryGroupUri()).isEqualTo("sip:tmp-1@example.org");
        assertThat(order.floorKey()).isTrue();
        assertThat(order.ownGroups()).containsExactly("sip:fire-7@example.org");
        assertThat(order.partners())
                .containsExactly(
                        new RegroupOrder.Share("sip:gms@b.example", List.of("sip:g1@b.example", "sip:g2@b.example")),
                        new RegroupOrder.Share("sip:gms@c.example", List.of("sip:g@c.example")));
        assertThat(order.expiry()).contains(Instant.parse("2026-03-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'temporaryGroup':'sip:t@a','service':'mcptt','ownGroups':['sip:g@a']}",
                "{'temporaryGroup':'sip:t@a','service':'mcptt','partnerGroups':['sip:p@b sip:g@b']}",
                "{'temporaryGroup':'sip:t@a','service':'mcptt','ownGroups':['sip:g@a'],'partnerGroups':['sip:p@b']}",
                "{'temporaryGroup':'sip:t@a','service':'mcptt','ownGroups':['sip:g@a'],"
                        + "'partnerGroups':['sip:p@b sip:g@b','sip:p@b sip:g@b']}",
                "{'temporaryGroup':'sip:t@a','service':'mcptt','ownGroups':['sip:g@a'],"
                        + "'partnerGroups':['sip:p@b sip:g@b sip:h@b']}",
                "{'temporaryGroup':'sip:t@a','service':'mcptt','uses':['floor'],'ownGroups':['sip:g@a'],"
                        + "'partnerGroups':['sip:p@b sip:g@b']}",
                "{'temporaryGroup':'sip:t@a','service':'mcptt','ownGroups':['sip:g@a'],"
                        + "'partnerGroups':['sip:p@b sip:g@b'],'expiry':'tomorrow'}",
            })
    void refusesARegroupThatCannotBe(String json) {
        assertMalformed(() -> regroup(json));
    }

    @Test
    void yesIsYesAndNothingElse() {
        assertThat(GroupInput.yes(body("{'rekey':'yes'}", "rekey"), "rekey")).isTrue();
        assertThat(GroupInput.yes(body("{'rekey':'no'}", "rekey"), "rekey")).isFalse();
        assertThat(GroupInput.yes(body("{}", "rekey"), "rekey")).isFalse();
        assertMalformed(() -> GroupInput.yes(body("{'rekey':'true'}", "rekey"), "rekey"));
    }

    private static void assertMalformed(Runnable action) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.MALFORMED_REQUEST));
    }
}
