package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.client.PartnerGmsClient.Resource;
import org.mckms.client.StubServer.Reply;

class PartnerGmsClientTest {
    private static final byte[] DOCUMENT = "<document/>".getBytes(StandardCharsets.UTF_8);
    private static final Reply NO_CONTENT = new Reply(204, Map.of(), new byte[0]);

    @TempDir
    private Path folder;

    private TestPki pki;
    private StubServer partner;

    @BeforeEach
    void start() {
        pki = new TestPki();
        partner = new StubServer(pki);
        partner.answers(request -> NO_CONTENT);
    }

    @AfterEach
    void stop() {
        partner.close();
    }

    @ParameterizedTest
    @EnumSource
    void postsWithCertificateAndToken(Resource resource) {
        client(() -> "token").post(resource, DOCUMENT);

        StubServer.Request request = partner.lastRequest();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo(resource.path()).startsWith("/groupmanagement/v1/regroups/");
        assertThat(request.client()).contains("gms");
        assertThat(request.header("Authorization")).contains("Bearer token");
        assertThat(request.header("Content-Type")).contains("application/xml");
        assertThat(request.body()).isEqualTo(DOCUMENT);
    }

    @Test
    void withoutOwnCertificateThereIsNoClient() throws IOException, GeneralSecurityException {
        TlsMaterial trustOnly = TlsMaterial.trusting(pki.writeAuthority(folder.resolve("ca.pem")));
        ServerEndpoint endpoint = new ServerEndpoint(partner.address(), trustOnly, TimeLimits.STANDARD);

        assertThatThrownBy(() -> new PartnerGmsClient(endpoint, () -> "token"))
                .isInstanceOf(ClientSetupException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 206, 301, 307})
    void whateverIsNotASuccessWithoutContentIsGarbage(int status) {
        partner.answers(request -> Reply.text(status, "text/html", "<html>welcome</html>"));

        assertThatThrownBy(() -> client(() -> "token").post(Resource.NOTIFICATIONS, DOCUMENT))
                .isInstanceOf(KmsAnswerException.class)
                .hasMessageContaining(String.valueOf(status));
        assertThat(partner.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"400,false", "403,false", "404,false", "409,false", "429,true", "500,true", "503,true"})
    void aRefusalTellsWhetherItMayPass(int status, boolean mayPass) {
        partner.answers(request -> Reply.text(status, "text/plain", "no"));

        KmsRefusedException refused = catchThrowableOfType(
                KmsRefusedException.class, () -> client(() -> "token").post(Resource.NOTIFICATIONS, DOCUMENT));

        assertThat(refused.httpStatus()).isEqualTo(status);
        assertThat(refused.mayPass()).isEqualTo(mayPass);
    }

    @Test
    void anAnswerThatDoesNotEndIsNotReadToItsEnd() {
        partner.answers(request -> Reply.text(409, "text/plain", "x".repeat(1_000_000)));

        assertThatThrownBy(() -> client(() -> "token").post(Resource.NOTIFICATIONS, DOCUMENT))
                .isInstanceOf(KmsAnswerException.class)
                .hasMessageContaining("larger than");
    }

    @Test
    void aRefusedTokenIsReplacedOnce() {
        Iterator<String> tokens = List.of("old", "new").iterator();
        partner.answers(request ->
                request.header("Authorization").filter("Bearer new"::equals).isPresent()
                        ? NO_CONTENT
                        : new Reply(401, Map.of(), new byte[0]));

        client(tokens::next).post(Resource.TEARDOWNS, DOCUMENT);

        assertThat(partner.requests()).hasSize(2);
    }

    @Test
    void theSameTokenIsNotTriedTwice() {
        partner.answers(request -> new Reply(401, Map.of(), new byte[0]));

        assertThatThrownBy(() -> client(() -> "token").post(Resource.TEARDOWNS, DOCUMENT))
                .isInstanceOf(KmsRefusedException.class);
        assertThat(partner.requests()).hasSize(1);
    }

    @Test
    void aPartnerThatNeverAnswersIsGivenUp() {
        CountDownLatch never = new CountDownLatch(1);
        partner.answers(request -> {
            try {
                never.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return NO_CONTENT;
        });
        TimeLimits brief = TimeLimits.STANDARD.withAnswer(Duration.ofMillis(200));

        assertThatThrownBy(() -> client(() -> "token", partner.address(), brief).post(Resource.NOTIFICATIONS, DOCUMENT))
                .isInstanceOf(KmsUnreachableException.class);
        never.countDown();
    }

    @Test
    void aPartnerThatIsNotThereIsUnreachable() {
        partner.close();

        assertThatThrownBy(() -> client(() -> "token").post(Resource.NOTIFICATIONS, DOCUMENT))
                .isInstanceOf(KmsUnreachableException.class);
    }

    @Test
    void aServerOfAnotherAuthorityIsNotSpokenTo() {
        try (StubServer other = new StubServer(new TestPki())) {
            assertThatThrownBy(() -> client(() -> "token", other.address(), TimeLimits.STANDARD)
                            .post(Resource.NOTIFICATIONS, DOCUMENT))
                    .isInstanceOf(KmsUnreachableException.class);
            assertThat(other.requests()).isEmpty();
        }
    }

    private PartnerGmsClient client(TokenSource tokens) {
        return client(tokens, partner.address(), TimeLimits.STANDARD);
    }

    private PartnerGmsClient client(TokenSource tokens, URI address, TimeLimits limits) {
        try {
            TlsMaterial tls = TlsMaterial.trusting(pki.writeAuthority(folder.resolve("ca.pem")))
                    .withPkcs12(pki.writePkcs12(folder.resolve("gms.p12"), "gms"), TestPki.PASSWORD.toCharArray());
            return new PartnerGmsClient(new ServerEndpoint(address, tls, limits), tokens);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
