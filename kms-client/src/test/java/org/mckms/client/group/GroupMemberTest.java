package org.mckms.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.client.group.TwoDomains.ALICE;
import static org.mckms.client.group.TwoDomains.GMS;
import static org.mckms.client.group.TwoDomains.GROUP;
import static org.mckms.client.group.TwoDomains.HOME;
import static org.mckms.client.group.TwoDomains.NOW;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.KmsRefusedException;
import org.mckms.client.ServerEndpoint;
import org.mckms.client.StubServer;
import org.mckms.client.StubServer.Reply;
import org.mckms.client.StubServer.Request;
import org.mckms.client.TestPki;
import org.mckms.client.TimeLimits;
import org.mckms.client.TlsMaterial;
import org.mckms.client.group.ReceivedKey.Outcome;
import org.mckms.client.store.StoreKey;
import org.mckms.client.store.TestKeys;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.GktpDocumentCodec;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.KeyAcknowledgementCodec;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.group.ReceptionFault;

/** A member and a server that keeps one document for it. */
class GroupMemberTest {
    private static final TestPki PKI = new TestPki();
    private static final TestGroupKey KEY = TestGroupKey.gmk(1, GROUP);

    @TempDir
    private Path folder;

    private TwoDomains world;
    private StubServer server;
    private TlsMaterial tls;
    private TestMember alice;
    private GroupMember member;
    private volatile GktpDocument document;
    private volatile int acknowledged = 204;

    @BeforeEach
    void begin() throws Exception {
        world = new TwoDomains(PKI, folder);
        alice = world.home(ALICE);
        server = new StubServer(PKI);
        server.answers(this::answer);
        tls = TlsMaterial.trusting(PKI.writeAuthority(folder.resolve("gms-ca.pem")));
        member = new GroupMember(
                new GroupClient(new ServerEndpoint(server.address(), tls, TimeLimits.STANDARD), () -> "token"),
                alice.receiver(TwoDomains::managers),
                McService.MCPTT);
        offers(KEY);
    }

    @AfterEach
    void end() {
        server.close();
        world.close();
    }

    @Test
    void fetchesStoresAndAnswersOnce() {
        assertThat(member.refresh(GROUP).orElseThrow().keys())
                .containsExactly(new ReceivedKey(KEY.id(), Outcome.STORED));
        assertThat(answers()).containsExactly(success(KEY));

        assertThat(member.refresh(GROUP)).isEmpty();
        assertThat(answers()).hasSize(1);
    }

    @Test
    void answersAgainAfterAnAnswerThatWasLost() {
        acknowledged = 503;
        assertThatThrownBy(() -> member.refresh(GROUP)).isInstanceOf(KmsRefusedException.class);
        acknowledged = 204;

        assertThat(member.refresh(GROUP).orElseThrow().keys())
                .containsExactly(new ReceivedKey(KEY.id(), Outcome.UNCHANGED));
        assertThat(answers()).containsExactly(success(KEY), success(KEY));
    }

    @Test
    void keysThatAreWithdrawnBeforeTheAnswerEndNothingAndAreFetchedAgain() {
        acknowledged = 404;
        assertThat(member.refresh(GROUP).orElseThrow().keys())
                .containsExactly(new ReceivedKey(KEY.id(), Outcome.STORED));

        document = TwoDomains.document(ALICE, List.of(), List.of());
        acknowledged = 204;
        assertThat(member.refresh(GROUP).orElseThrow().keys()).isEmpty();
        assertThat(answers()).containsExactly(success(KEY));
    }

    @Test
    void aDocumentThatWasNotAnsweredForIsFetchedAgainThoughItIsTheSame() {
        acknowledged = 404;
        member.refresh(GROUP);
        acknowledged = 204;

        assertThat(member.refresh(GROUP)).isPresent();
        assertThat(member.refresh(GROUP)).as("not changed since").isEmpty();
    }

    @Test
    void whatIsPushedAndWithdrawnBeforeTheAnswerIsLookedUp() {
        acknowledged = 404;
        assertThat(member.pushed(document, GROUP).orElseThrow().keys())
                .containsExactly(new ReceivedKey(KEY.id(), Outcome.UNCHANGED));
        assertThat(server.requests()).extracting(Request::method).containsExactly("POST", "GET", "POST");
    }

    @Test
    void answersWhyItTookNothing() {
        document = TwoDomains.document(
                ALICE, List.of(new TestSender("sip:gms2@example.org", HOME).message(KEY, ALICE, HOME, NOW)), List.of());

        assertThat(member.refresh(GROUP).orElseThrow().isTaken()).isFalse();
        assertThat(answers())
                .containsExactly(
                        new KeyAcknowledgement(GROUP, 0, ALICE, List.of(), Optional.of(ReceptionFault.NOT_AUTHORISED)));
        assertThat(member.refresh(GROUP)).isPresent();
    }

    @Test
    void answersNothingWhereThereAreNoKeysYet() {
        document = TwoDomains.document(ALICE, List.of(), List.of());

        assertThat(member.refresh(GROUP).orElseThrow().isTaken()).isTrue();
        assertThat(answers()).isEmpty();
    }

    @Test
    void takesWhatIsPushedAndAnswers() {
        assertThat(member.pushed(document, GROUP).orElseThrow().isTaken()).isTrue();
        assertThat(answers()).containsExactly(success(KEY));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void fetchesWhatIsPushedTooLate() {
        world.clock.advance(Duration.ofHours(1));

        assertThat(member.pushed(document, GROUP).orElseThrow().isTaken()).isTrue();
        assertThat(server.requests()).extracting(Request::method).containsExactly("GET", "POST");
        assertThat(answers()).containsExactly(success(KEY));
    }

    @Test
    void runsTheExampleOfTheReadme() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        String source = Files.readString(Path.of("src/test/java/org/mckms/client/group/GroupReadmeExample.java"));
        String shown = between(readme, "## Group keys\n.*?```java\n(.*?)```");
        assertThat(words(shown)).isEqualTo(words(between(source, "// begin\n(.*?)// end")));
        assertThat(shown.lines().count()).isBetween(12L, 22L);

        alice.groupKeys().close();
        GroupReadmeExample example =
                new GroupReadmeExample(alice.kms(), alice.groupFile(), server.address(), tls, () -> "token");
        try (StoreKey storeKey = TestKeys.storeKey(2)) {
            example.run(ALICE, GROUP, GMS.uri(), "kms.example.org", storeKey, world.clock);
        }

        assertThat(example.mki().slice(0, 4)).isEqualTo(KEY.id().octets());
    }

    private void offers(TestGroupKey key) {
        document = TwoDomains.document(ALICE, List.of(GMS.message(key, ALICE, HOME, NOW)), List.of());
    }

    private Reply answer(Request request) {
        if (request.method().equals("POST")) {
            return new Reply(acknowledged, Map.of(), new byte[0]);
        }
        String etag = "\"" + document.hashCode() + "\"";
        return request.header("If-None-Match").filter(etag::equals).isPresent()
                ? new Reply(304, Map.of(), new byte[0])
                : new Reply(200, Map.of("ETag", etag), GktpDocumentCodec.write(document));
    }

    private List<KeyAcknowledgement> answers() {
        return server.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .map(request -> KeyAcknowledgementCodec.read(request.body()))
                .toList();
    }

    private static KeyAcknowledgement success(TestGroupKey key) {
        return new KeyAcknowledgement(GROUP, 0, ALICE, List.of(key.id()), Optional.empty());
    }

    private static String between(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private static List<String> words(String code) {
        return List.of(code.trim().split("\\s+"));
    }
}
