package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.it.support.Csc;
import org.mckms.it.support.FramingShape;
import org.mckms.it.support.Kms;
import org.mckms.it.support.Observed;
import org.mckms.it.support.ProxiedKms;
import org.mckms.it.support.RawTls;
import org.mckms.it.support.RawTls.Conversation;
import org.mckms.it.support.Reply;
import org.mckms.it.support.RunningProxies;

/**
 * Requests that hide another one behind an unclear end: straight at the server nothing behind them is read, and through
 * real proxies nothing reaches the server that the proxy has not seen as a request and let pass by its rules.
 */
@ExtendWith(RunningProxies.class)
class SmugglingIT {
    private static final String CARRIER = "sip:carrier@example.org";
    private static final String HIDDEN = "sip:hidden@example.org";
    private static final String VICTIM = "sip:victim@example.org";
    private static final String GMS = "sip:gms@example.org";
    /** The server ends such a connection, so this is waited for only where it does not. */
    private static final int SERVERS_LIMIT_MILLIS = 15_000;
    /** A proxy may keep the connection for the next request. */
    private static final int PATIENCE_MILLIS = 700;

    private final ProxiedKms proxies;
    private final Kms kms;

    SmugglingIT(ProxiedKms proxies) {
        this.proxies = proxies;
        this.kms = proxies.kms();
    }

    static List<FramingShape> ambiguous() {
        return FramingShape.AMBIGUOUS;
    }

    static Stream<FramingShape> all() {
        return Stream.concat(FramingShape.AMBIGUOUS.stream(), FramingShape.LENIENT.stream());
    }

    @ParameterizedTest
    @MethodSource("all")
    void serverReadsNothingBehindAnUnclearEnd(FramingShape shape) throws IOException {
        String hidden = request("/keyprov", kms.idm().user(HIDDEN), "");

        Conversation answer = kms.csc().raw().conversation(carrying(shape, hidden), SERVERS_LIMIT_MILLIS);

        assertThat(answer.statuses()).as(answer.text()).hasSizeLessThanOrEqualTo(1);
        assertThat(answer.ended()).as("the connection ends").isTrue();
        assertThat(answer.text()).doesNotContain("UserDecryptKey", HIDDEN);
    }

    @ParameterizedTest
    @MethodSource("ambiguous")
    void serverRefusesTheCarrierToo(FramingShape shape) throws IOException {
        String hidden = request("/keyprov", kms.idm().user(HIDDEN), "");

        Conversation answer = kms.csc().raw().conversation(carrying(shape, hidden), SERVERS_LIMIT_MILLIS);

        assertThat(answer.statuses()).as(answer.text()).allSatisfy(status -> assertThat(status)
                .isGreaterThanOrEqualTo(400));
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingIsSmuggledThroughTheHomeProxy(FramingShape shape) {
        assertNothingSmuggled(shape, proxies.throughHome(Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingIsSmuggledThroughTwoProxies(FramingShape shape) {
        assertNothingSmuggled(shape, proxies.throughNetworks(Optional.empty()));
    }

    /**
     * The hidden request is one that no proxy lets pass from a user: it asserts the GMS. If the server ever saw it, the
     * audit trail would name the GMS. The request of somebody else over the same proxy then gets its own answer.
     */
    private void assertNothingSmuggled(FramingShape shape, Csc front) {
        JWTClaimsSet claims = kms.idm().claims(GMS).claim("client_id", "gms").build();
        String hidden = request("/init", kms.idm().signed(claims), "X-3GPP-Asserted-Identity: \"" + GMS + "\"\r\n");

        Observed seen = kms.observe(() -> {
            converse(front.raw(), carrying(shape, hidden));
            return front.post("/init", kms.idm().user(VICTIM));
        });

        assertThat(seen.records())
                .noneMatch(record -> record.toString().contains(GMS))
                .noneMatch(record -> record.toString().contains("asserts"));
        Reply victims = seen.reply();
        assertThat(victims.status()).isEqualTo(200);
        assertThat(victims.only("UserUri")).isEqualTo(VICTIM);
    }

    private static void converse(RawTls raw, byte[] octets) {
        try {
            raw.conversation(octets, PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new AssertionError("no connection", e);
        }
    }

    private byte[] carrying(FramingShape shape, String hidden) {
        List<String> fields = List.of(
                "Host: localhost",
                "Authorization: Bearer " + kms.idm().user(CARRIER),
                "Accept: application/xml",
                "Content-Type: application/xml");
        return shape.octets("POST " + Csc.ROOT + "/init HTTP/1.1", fields, hidden);
    }

    private static String request(String resource, String token, String more) {
        return "POST " + Csc.ROOT + resource + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nAccept: application/xml\r\n" + more + "Content-Length: 0\r\n\r\n";
    }
}
