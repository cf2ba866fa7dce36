package org.mckms.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.client.group.TwoDomains.ALICE;
import static org.mckms.client.group.TwoDomains.GROUP;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.KmsAnswerException;
import org.mckms.client.KmsRefusedException;
import org.mckms.client.KmsUnreachableException;
import org.mckms.client.ServerEndpoint;
import org.mckms.client.StubServer;
import org.mckms.client.StubServer.Reply;
import org.mckms.client.StubServer.Request;
import org.mckms.client.TestPki;
import org.mckms.client.TimeLimits;
import org.mckms.client.TlsMaterial;
import org.mckms.client.TokenSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.group.Gktp;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.GktpDocumentCodec;
import org.mckms.protocol.group.GroupDocument;
import org.mckms.protocol.group.GroupDocumentCodec;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.KeyAcknowledgementCodec;
import org.mckms.protocol.group.KeyTransports;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.group.ReceptionFault;

class GroupClientTest {
    private static final TestPki PKI = new TestPki();
    private static final GktpDocument DOCUMENT = new GktpDocument(
            McService.MCPTT,
            Optional.of(KeyTransports.of(List.of(new Gktp(ALICE, Octets.fromHex("011A"))))),
            Optional.empty());

    @TempDir
    private Path folder;

    private StubServer server;
    private TlsMaterial tls;
    private GroupClient client;

    @BeforeEach
    void begin() throws Exception {
        server = new StubServer(PKI);
        tls = TlsMaterial.trusting(PKI.writeAuthority(folder.resolve("ca.pem")));
        client = client(() -> "token", Duration.ofSeconds(10));
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void fetchesTheKeysOfAGroupAndAsksNextTimeForChangesOnly() {
        server.answers(request -> request.header("If-None-Match").isPresent()
                ? new Reply(304, Map.of(), new byte[0])
                : new Reply(
                        200,
                        Map.of("Content-Type", "application/xml", "ETag", "\"7\""),
                        GktpDocumentCodec.write(DOCUMENT)));

        GroupClient.FetchedKeys fetched =
                client.keys(McService.MCPTT, GROUP, Optional.empty()).orElseThrow();
        Optional<GroupClient.FetchedKeys> again = client.keys(McService.MCPTT, GROUP, fetched.etag());

        assertThat(fetched.document()).isEqualTo(DOCUMENT);
        assertThat(again).isEmpty();
        Request request = server.lastRequest();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.target()).isEqualTo("/groupmanagement/v1/gktps/sip%3Agroup1%40example.org");
        assertThat(request.header("Authorization")).contains("Bearer token");
        assertThat(request.header("If-None-Match")).contains("\"7\"");
    }

    @Test
    void asksForTheKeysOfAnotherServiceByItsName() {
        server.answers(request -> gktpReply());

        client.keys(McService.MCVIDEO, GROUP, Optional.empty());

        assertThat(server.lastRequest().target()).endsWith("/gktps/sip%3Agroup1%40example.org?service=mcvideo");
    }

    @Test
    void fetchesTheDocumentOfAGroup() {
        GroupDocument group = new GroupDocument(GROUP, Optional.of("Fire"), List.of(ALICE));
        server.answers(request -> Reply.xml(200, GroupDocumentCodec.write(group)));

        assertThat(client.group(GROUP)).isEqualTo(group);
        assertThat(server.lastRequest().target())
                .isEqualTo("/groupmanagement/v1/groups/sip%3Agroup1%40example.org/document");
    }

    @Test
    void acknowledges() {
        KeyAcknowledgement answer = new KeyAcknowledgement(
                GROUP, 0, ALICE, List.of(new KeyIdentifier(1)), Optional.of(ReceptionFault.STALE));
        server.answers(request -> new Reply(204, Map.of(), new byte[0]));

        client.acknowledge(answer);

        assertThat(server.lastRequest().method()).isEqualTo("POST");
        assertThat(server.lastRequest().target()).isEqualTo("/groupmanagement/v1/acknowledgements");
        assertThat(KeyAcknowledgementCodec.read(server.lastRequest().body())).isEqualTo(answer);
    }

    @Test
    void registersAndRemovesACallback() {
        server.answers(request -> new Reply(204, Map.of(), new byte[0]));

        client.registerCallback(URI.create("https://phone.example.org/keys"));
        assertThat(server.lastRequest().method()).isEqualTo("PUT");
        assertThat(server.lastRequest().bodyText()).isEqualTo("https://phone.example.org/keys\r\n");
        client.removeCallback();
        assertThat(server.lastRequest().method()).isEqualTo("DELETE");
        assertThat(server.lastRequest().target()).isEqualTo("/groupmanagement/v1/callback");
    }

    @Test
    void tellsWhatTheServerRefusesWith() {
        server.answers(request -> Reply.json(
                404, "{\"error\":{\"code\":404,\"name\":\"NOT_FOUND\",\"message\":\"no group\",\"requestId\":\"7\"}}"));

        KmsRefusedException refused = catchThrowableOfType(
                KmsRefusedException.class, () -> client.keys(McService.MCPTT, GROUP, Optional.empty()));

        assertThat(refused.httpStatus()).isEqualTo(404);
        assertThat(refused.code()).hasValue(404);
        assertThat(refused.text()).isEqualTo("no group");
        assertThat(refused.requestId()).contains("7");
    }

    @Test
    void asksOnceMoreWithAnotherToken() {
        Iterator<String> tokens = List.of("old", "new").iterator();
        server.answers(request -> request.header("Authorization").orElse("").equals("Bearer new")
                ? gktpReply()
                : new Reply(401, Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""), new byte[0]));

        assertThat(client(tokens::next, Duration.ofSeconds(10)).keys(McService.MCPTT, GROUP, Optional.empty()))
                .isPresent();
        KmsRefusedException refused = catchThrowableOfType(
                KmsRefusedException.class, () -> client.keys(McService.MCPTT, GROUP, Optional.empty()));
        assertThat(refused.tokenRefused()).isTrue();
        assertThat(refused.text()).isEqualTo("invalid_token");
    }

    @Test
    void refusesAnswersThatAreNoDocument() {
        server.answers(request -> Reply.xml(200, "<a/>".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> client.keys(McService.MCPTT, GROUP, Optional.empty()))
                .isInstanceOf(KmsAnswerException.class);
        assertThatThrownBy(() -> client.group(GROUP)).isInstanceOf(KmsAnswerException.class);

        server.answers(request -> Reply.xml(200, new byte[5 * 1024 * 1024]));
        assertThatThrownBy(() -> client.keys(McService.MCPTT, GROUP, Optional.empty()))
                .isInstanceOf(KmsAnswerException.class)
                .hasMessageContaining("larger");
    }

    @Test
    void saysThatNoAnswerCame() {
        server.close();

        assertThatThrownBy(() -> client.keys(McService.MCPTT, GROUP, Optional.empty()))
                .isInstanceOf(KmsUnreachableException.class);
        assertThatThrownBy(() -> client.listen(ready -> {})).isInstanceOf(KmsUnreachableException.class);
    }

    @Test
    void hearsThatKeysAreReadyUntilTheServerEndsTheStream() {
        server.answersInParts(
                List.of(
                        "retry: 5000\n\nevent: keys\ndata: {\"member\":\"" + ALICE + "\",",
                        "\"group\":\"" + GROUP + "\",\"generation\":3}\n\n:\n\nevent: later\ndata: {}\n\n",
                        "event: end\ndata: {\"reason\":\"token expired\"}\n\n"),
                () -> {});
        List<KeysReady> heard = new ArrayList<>();

        assertThat(client.listen(heard::add)).contains("token expired");
        assertThat(heard).containsExactly(new KeysReady(ALICE, GROUP, 3));
        assertThat(server.lastRequest().target()).isEqualTo("/groupmanagement/v1/events");
        assertThat(server.lastRequest().header("Accept")).contains("text/event-stream");
    }

    @Test
    void endsWhenTheServerIsSilentForTooLong() {
        CountDownLatch end = new CountDownLatch(1);
        server.answersInParts(List.of(":\n\n", ":\n\n"), () -> await(end));
        try {
            assertThatThrownBy(
                            () -> client(() -> "token", Duration.ofMillis(300)).listen(ready -> {}))
                    .isInstanceOf(KmsUnreachableException.class)
                    .hasMessageContaining("300 ms");
        } finally {
            end.countDown();
        }
    }

    @Test
    void endsAtAnEventThatIsNotWhatItShouldBe() {
        server.answersInParts(List.of("event: keys\ndata: {\"group\":1}\n\n"), () -> {});

        assertThatThrownBy(() -> client.listen(ready -> {})).isInstanceOf(KmsAnswerException.class);
    }

    @Test
    void endsWithWhatTheListenerThrows() {
        server.answersInParts(
                List.of("event: keys\ndata: {\"member\":\"a\",\"group\":\"b\",\"generation\":1}\n\n"), () -> {});
        KmsAnswerException thrown = new KmsAnswerException("of the listener");

        assertThatThrownBy(() -> client.listen(ready -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
    }

    @Test
    void tellsWhyItMayNotListen() {
        server.answers(request -> Reply.json(403, "{\"error\":{\"code\":4030,\"message\":\"scope\"}}"));

        KmsRefusedException refused = catchThrowableOfType(KmsRefusedException.class, () -> client.listen(ready -> {}));
        assertThat(refused.code()).hasValue(4030);
    }

    private GroupClient client(TokenSource tokens, Duration limit) {
        return new GroupClient(
                new ServerEndpoint(server.address(), tls, TimeLimits.STANDARD.withAnswer(limit)), tokens);
    }

    private static void await(CountDownLatch end) {
        try {
            assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Reply gktpReply() {
        return Reply.xml(200, GktpDocumentCodec.write(DOCUMENT));
    }
}
