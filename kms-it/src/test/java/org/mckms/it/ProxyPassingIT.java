package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.it.support.Csc;
import org.mckms.it.support.Kms;
import org.mckms.it.support.Observed;
import org.mckms.it.support.ProxiedKms;
import org.mckms.it.support.ProxiedKms.Way;
import org.mckms.it.support.Reply;
import org.mckms.it.support.RunningProxies;

/** What passes real proxies as it was sent and what does not: paths, and fields that speak of addresses. */
@ExtendWith(RunningProxies.class)
class ProxyPassingIT {
    private static final String ALICE = "sip:alice@example.org";

    private final ProxiedKms proxies;
    private final Kms kms;

    ProxyPassingIT(ProxiedKms proxies) {
        this.proxies = proxies;
        this.kms = proxies.kms();
    }

    private Csc front(Way way) {
        return proxies.through(way, Optional.empty());
    }

    @ParameterizedTest
    @EnumSource
    void sourceIsWhatTheHomeProxySaw(Way way) throws IOException {
        InetAddress elsewhere = InetAddress.getByName("127.0.0.2");
        Observed seen = kms.observe(() -> raw(front(way), elsewhere, "POST " + Csc.ROOT + "/init HTTP/1.1"));

        JsonObject details = seen.of("KMS_INITIALISED").get(0).getJsonObject("details");
        assertThat(details.getString("source")).isEqualTo(way == Way.HOME ? "127.0.0.2" : "127.0.0.1");
    }

    @ParameterizedTest
    @EnumSource
    void forgedForwardingFieldsNameNoSource(Way way) {
        Csc csc = front(way);

        Observed seen = kms.observe(() -> csc.send(forwarding(csc.with(kms.idm().user(ALICE), "/init"))));

        assertThat(seen.of("KMS_INITIALISED").get(0).getJsonObject("details").getString("source"))
                .isEqualTo("127.0.0.1");
        assertThat(seen.reply().only("ClientReqUrl")).isEqualTo(csc.url("/init"));
    }

    @Test
    void forwardingFieldsCountOnNoOtherListener() {
        Csc csc = kms.csc();

        Observed seen = kms.observe(() -> csc.send(forwarding(csc.with(kms.idm().user(ALICE), "/init"))));

        JsonObject details = seen.of("KMS_INITIALISED").get(0).getJsonObject("details");
        assertThat(details.getString("source")).isEqualTo("127.0.0.1");
        assertThat(details).doesNotContainKey("proxy");
    }

    @Test
    void proxyThatIsNotBelievedNamesNoSource() {
        Csc silent = proxies.asProxy(kms.home().proxy("proxy2"));

        Observed seen =
                kms.observe(() -> silent.send(forwarding(silent.with(kms.idm().user(ALICE), "/init"))));

        assertThat(seen.of("KMS_INITIALISED").get(0).getJsonObject("details").getString("source"))
                .isEqualTo("127.0.0.1");
    }

    private static HttpRequest forwarding(HttpRequest.Builder request) {
        return request.header("Forwarded", "for=198.51.100.7;host=evil.example;proto=http")
                .header("X-Forwarded-For", "198.51.100.7")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Proto", "http")
                .header("X-Real-IP", "198.51.100.7")
                .header("X-Original-URL", "/admin/v1/status")
                .header("X-Rewrite-URL", "/admin/v1/status")
                .header("X-HTTP-Method-Override", "GET")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
    }

    /** {@code %2F} reaches the server as it was sent: the KMS URI in the record of the refusal has it. */
    @ParameterizedTest
    @EnumSource
    void encodedPathPassesUnchanged(Way way) {
        String path = "/cert/https:%2F%2fkms.Unknown.example%2fa";

        Observed seen = kms.observe(() -> raw(front(way), InetAddress.getLoopbackAddress(), post(path)));

        seen.assertRefused(404, 404);
        assertThat(seen.of("REQUEST_REFUSED").get(0).getString("subject")).isEqualTo(Csc.ROOT + path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/keyprov/../init",
                "/keyprov/..%2Finit",
                "/keyprov/%2e%2e/init",
                "/keyprov/%2e%2e%2finit",
                "/keyprov/.%00./init",
                "/../../../admin/v1/status",
                "/..;/init",
                "/init;x=y",
                "/keyprov/sip:bob@example.org;transport=tls",
                "//init",
                "/keyprov//" + ALICE,
                "/keyprov/sip%253Abob%2540example.org",
                "/keyprov/%252e%252e/init",
                "/keyprov/https:%2F%2Fexample.org%2F..%2Fx",
                "/keyprov/sip:bob@example.org",
                "/keyprov/sip%3Abob%40example.org",
                "/keyprov\\..\\init",
                "/init?x=/keyprov"
            })
    void pathTricksGetNothing(String path) {
        for (Way way : Way.values()) {
            Observed seen = kms.observe(() -> raw(front(way), InetAddress.getLoopbackAddress(), post(path)));

            assertThat(seen.reply().status()).as(way + " " + seen.reply()).isBetween(400, 499);
            seen.assertNothingIssued();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/admin/v1/status", "/keymanagement", "/keymanagement/identity/v2/init", "/health"})
    void proxiesPassKeyManagementOnly(String path) {
        for (Way way : Way.values()) {
            Observed seen =
                    kms.observe(() -> raw(front(way), InetAddress.getLoopbackAddress(), "POST " + path + " HTTP/1.1"));

            assertThat(seen.reply().status()).isEqualTo(404);
            assertThat(seen.records()).isEmpty();
        }
    }

    private static String post(String resource) {
        return "POST " + Csc.ROOT + resource + " HTTP/1.1";
    }

    private Reply raw(Csc csc, InetAddress from, String requestLine) {
        List<String> lines = List.of(
                requestLine,
                "Authorization: Bearer " + kms.idm().user(ALICE),
                "Accept: application/xml",
                "Content-Length: 0");
        try {
            return csc.raw().from(from).exchange(lines, new byte[0]);
        } catch (IOException e) {
            throw new AssertionError("not answered: " + requestLine, e);
        }
    }
}
