package org.mckms.csc.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.csc.group.ManagerResource.JobOrder;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class GroupPathTest {

    private static final String GROUP = "sip:group-7@example.org";
    private static final String ENCODED = "sip%3Agroup-7%40example.org";
    private static final UUID JOB = UUID.fromString("0b0e7f3c-9c1b-4f6e-8f0a-2b1d3c4e5f60");

    static Stream<Arguments> resources() {
        return Stream.of(
                Arguments.of("groups", new ManagerResource.Groups()),
                Arguments.of("groups/" + ENCODED, new ManagerResource.OneGroup(GROUP)),
                Arguments.of("groups/" + GROUP, new ManagerResource.OneGroup(GROUP)),
                Arguments.of("groups/sip:a%2Fb@example.org", new ManagerResource.OneGroup("sip:a/b@example.org")),
                Arguments.of("groups/members/members", null),
                Arguments.of("groups/" + ENCODED + "/members", new ManagerResource.Members(GROUP)),
                Arguments.of(
                        "groups/" + ENCODED + "/members/sip:alice@example.org",
                        new ManagerResource.OneMember(GROUP, "sip:alice@example.org")),
                Arguments.of("groups/" + ENCODED + "/rekey", new ManagerResource.Rekey(GROUP)),
                Arguments.of("groups/" + ENCODED + "/schedule", new ManagerResource.Schedule(GROUP)),
                Arguments.of("groups/" + ENCODED + "/document", new MemberResource.Document(GROUP)),
                Arguments.of(
                        "groups/" + ENCODED + "/keys/0A1b2C3d/revoke",
                        new ManagerResource.Revocation(GROUP, new KeyIdentifier(0x0A1B2C3D))),
                Arguments.of("jobs/" + JOB, new ManagerResource.OneJob(JOB)),
                Arguments.of("jobs/" + JOB + "/pause", new JobOrder(JOB, JobOrder.Act.PAUSE)),
                Arguments.of("jobs/" + JOB + "/resume", new JobOrder(JOB, JobOrder.Act.RESUME)),
                Arguments.of("jobs/" + JOB + "/cancel", new JobOrder(JOB, JobOrder.Act.CANCEL)),
                Arguments.of("regroups", new ManagerResource.Regroups()),
                Arguments.of("regroups/fire-7", new ManagerResource.OneRegroup("fire-7")),
                Arguments.of("regroups/fire-7/rekey", new ManagerResource.RegroupRekey("fire-7")),
                Arguments.of("regroups/notifications", PartnerResource.NOTIFICATIONS),
                Arguments.of("regroups/acknowledgements", PartnerResource.ACKNOWLEDGEMENTS),
                Arguments.of("regroups/rekey-requests", PartnerResource.REKEY_REQUESTS),
                Arguments.of("regroups/teardowns", PartnerResource.TEARDOWNS),
                Arguments.of("gktps", new MemberResource.Keys(Optional.empty())),
                Arguments.of("gktps/" + ENCODED, new MemberResource.Keys(Optional.of(GROUP))),
                Arguments.of("acknowledgements", new MemberResource.Acknowledgements()),
                Arguments.of("callback", new MemberResource.Callback()),
                Arguments.of("events", new MemberResource.Events()));
    }

    @ParameterizedTest
    @MethodSource("resources")
    void findsTheResource(String path, GroupResource resource) {
        if (resource == null) {
            assertCode(KmsErrorCode.MALFORMED_REQUEST, path);
        } else {
            assertThat(GroupPath.parse(GroupPath.ROOT + "/" + path, null)).isEqualTo(resource);
            assertThat(resource.methods()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Groups",
                "group",
                "groups/sip:a@b/other",
                "groups/sip:a@b/rekey/x",
                "groups/sip:a@b/keys",
                "groups/sip:a@b/keys/0A1B2C3D",
                "groups/sip:a@b/keys/0A1B2C3D/use",
                "groups/sip:a@b/members/sip:c@d/x",
                "%67roups",
                "jobs",
                "jobs/0b0e7f3c-9c1b-4f6e-8f0a-2b1d3c4e5f60/stop",
                "jobs/0b0e7f3c-9c1b-4f6e-8f0a-2b1d3c4e5f60/pause/x",
                "regroups/a/b",
                "acknowledgements/x",
                "callback/x",
                "events/x"
            })
    void knowsNoOthers(String path) {
        assertCode(KmsErrorCode.NOT_FOUND, path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "groups/",
                "groups//members",
                "groups/./members",
                "groups/%2e%2E/members",
                "groups/sip:a@b;x/members",
                "groups/sip:a@b%2F..%2Fc/members",
                "groups/sip%253Aa@b",
                "groups/a",
                "groups/sip:a@b%",
                "groups/sip:a@b%4",
                "groups/sip:a@b%FF",
                "groups/sip:a@b%00",
                "groups/sip:a@b\\c",
                "groups/sip:a@b/keys/0A1B2C3/revoke",
                "groups/sip:a@b/keys/0A1B2C3G/revoke",
                "jobs/0B0E7F3C-9C1B-4F6E-8F0A-2B1D3C4E5F60",
                "jobs/7",
                "regroups/a%20b",
                "regroups/a_b",
                "gktps/sip:a@b/c"
            })
    void refusesWhatCouldBeReadInTwoWaysOrIsNoUri(String path) {
        assertCode(KmsErrorCode.MALFORMED_REQUEST, path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/groupmanagement",
                "/groupmanagement/v1",
                "/groupmanagement/v1x/groups",
                "/keymanagement/identity/v1/init",
                "/groupmanagement%2Fv1/groups",
                "/GroupManagement/v1/groups"
            })
    void isNoneOfOurs(String path) {
        assertThat(GroupPath.covers(path)).isFalse();
        assertThatThrownBy(() -> GroupPath.parse(path, null))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.NOT_FOUND));
    }

    @Test
    void reads2048OctetsAndNoMore() {
        String path = GroupPath.ROOT + "/groups/sip:" + "a".repeat(496) + "@example.org";
        String query = "x".repeat(GroupPath.MAX_OCTETS - path.length() - 1);
        assertThat(GroupPath.parse(path, query)).isInstanceOf(ManagerResource.OneGroup.class);
        assertThatThrownBy(() -> GroupPath.parse(path, query + "x"))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.URI_TOO_LONG));
        assertThatThrownBy(() -> GroupPath.parse(GroupPath.ROOT + "/groups/" + "a".repeat(2048), null))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.URI_TOO_LONG));
    }

    @Test
    void aUriHas512Characters() {
        String longest = "sip:" + "a".repeat(496) + "@example.org";
        assertThat(longest).hasSize(512);
        assertThat(GroupPath.parse(GroupPath.ROOT + "/groups/" + longest, null))
                .isEqualTo(new ManagerResource.OneGroup(longest));
        assertCode(KmsErrorCode.MALFORMED_REQUEST, "groups/" + longest + "x");
    }

    private static void assertCode(KmsErrorCode code, String path) {
        assertThatThrownBy(() -> GroupPath.parse(GroupPath.ROOT + "/" + path, null))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
