package org.mckms.protocol.group;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.protocol.group.GroupSamples.ALICE;
import static org.mckms.protocol.group.GroupSamples.BOB;
import static org.mckms.protocol.group.GroupSamples.changed;
import static org.mckms.protocol.group.GroupSamples.refusal;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Group documents in the form of OMA's shared groups. */
class GroupDocumentCodecTest {
    private static final GroupDocument GROUP =
            new GroupDocument("sip:fire-1@example.org", Optional.of("Fire & rescue"), List.of(ALICE, BOB));
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<group xmlns=\"urn:oma:xml:poc:list-service\"><list-service uri=\"sip:fire-1@example.org\">"
            + "<display-name>Fire &amp; rescue</display-name><list><entry uri=\"sip:alice@example.org\"></entry>"
            + "<entry uri=\"sip:bob@example.org\"></entry></list></list-service></group>";

    @Test
    void writesTheForm() {
        assertThat(new String(GroupDocumentCodec.write(GROUP), UTF_8)).isEqualTo(XML);
        assertThat(GroupDocumentCodec.read(XML.getBytes(UTF_8))).isEqualTo(GROUP);
    }

    @Test
    void readsWhatDeployedServersWrite() {
        byte[] rich = XML.replace(
                        "<entry uri=\"sip:bob@example.org\"></entry>",
                        "<entry uri=\"sip:bob@example.org\"><rl:display-name xmlns:rl=\"urn:ietf:params:xml:ns:resource-lists\">"
                                + "Bob</rl:display-name><gi:user-priority xmlns:gi=\"urn:3gpp:ns:mcpttGroupInfo:1.0\">"
                                + "5</gi:user-priority></entry><external anchor=\"http://example.org/\"/>")
                .replace("<list>", "<invite-members>true</invite-members><list>")
                .replace("<display-name>", "<display-name xml:lang=\"en-us\">")
                .getBytes(UTF_8);
        assertThat(GroupDocumentCodec.read(rich)).isEqualTo(GROUP);
    }

    @Test
    void readsAGroupWithoutNameAndMembers() {
        byte[] bare = "<group xmlns=\"urn:oma:xml:poc:list-service\"><list-service uri=\"sip:g@example.org\"/></group>"
                .getBytes(UTF_8);
        assertThat(GroupDocumentCodec.read(bare))
                .isEqualTo(new GroupDocument("sip:g@example.org", Optional.empty(), List.of()));
    }

    @Test
    void holdsTenThousandMembers() {
        List<String> members = IntStream.range(0, 10_000)
                .mapToObj(i -> "sip:user-" + i + "@example.org")
                .toList();
        GroupDocument large = new GroupDocument("sip:all@example.org", Optional.empty(), members);
        assertThat(GroupDocumentCodec.read(GroupDocumentCodec.write(large))).isEqualTo(large);
    }

    @ParameterizedTest(name = "{1} instead of {0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "poc:list-service|poc:other|the root element is not a group",
                "<list-service uri=\"sip:fire-1@example.org\">|<list-service>|list-service has no uri",
                "<entry uri=\"sip:bob@example.org\">|<entry>|entry has no uri",
                "uri=\"sip:bob@example.org\"|uri=\"sip:bob example.org\"|member contains white space",
                "<list>|<list></list><list>|list-service has more than one list",
                "Fire|<b></b>Fire|display-name contains elements, text expected",
                "</list>|</list>stray|list-service contains text between its elements",
            })
    void refusesWhatIsNotAGroup(String from, String to, String reason) {
        KmsException refused = refusal(() -> GroupDocumentCodec.read(changed(XML, from, to)));
        assertThat(refused.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
        assertThat(refused).hasMessageContaining(reason);
    }

    @Test
    void refusesARootWithoutGroup() {
        byte[] empty = "<group xmlns=\"urn:oma:xml:poc:list-service\"/>".getBytes(UTF_8);
        assertThat(refusal(() -> GroupDocumentCodec.read(empty))).hasMessage("group has no list-service");
    }

    @Test
    void refusesMoreMembersThanTheLimit() {
        List<String> members = Collections.nCopies(GroupDocument.MAX_MEMBERS + 1, ALICE);
        assertThat(catchThrowableOfType(
                        InvalidValueException.class,
                        () -> new GroupDocument("sip:all@example.org", Optional.empty(), members)))
                .hasMessageContaining("at most 20000");
    }
}
