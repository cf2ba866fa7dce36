package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Csc;
import org.mckms.it.support.IssuedKeySet;
import org.mckms.it.support.Kms;
import org.mckms.it.support.Observed;
import org.mckms.it.support.ProxiedKms;
import org.mckms.it.support.ProxiedKms.Way;
import org.mckms.it.support.RegisteredDevice;
import org.mckms.it.support.Reply;
import org.mckms.it.support.RunningProxies;
import org.mckms.it.support.Tls;
import org.mckms.protocol.codec.ReceivedResponse;

/**
 * The server behind real reverse proxies, one alone (HTTP-1, HTTP-2) and a chain of two (HTTP-3): who a caller is then, and
 * what nobody becomes by header fields or certificates (decision 0011).
 */
@ExtendWith(RunningProxies.class)
class ProxyIT {
    private static final String ALICE = "sip:alice@example.org";
    private static final String GMS = "sip:gms@example.org";
    private static final String ASSERTED = "X-3GPP-Asserted-Identity";

    private final ProxiedKms proxies;
    private final Kms kms;

    ProxyIT(ProxiedKms proxies) {
        this.proxies = proxies;
        this.kms = proxies.kms();
    }

    private Csc front(Way way, Optional<Tls.Credential> credential) {
        return proxies.through(way, credential);
    }

    private Csc front(Way way) {
        return front(way, Optional.empty());
    }

    @ParameterizedTest
    @EnumSource
    void userIsServedUnderTheUrlItUses(Way way) {
        Csc csc = front(way);

        Observed seen = kms.observe(() -> csc.post("/init", kms.idm().user(ALICE)));

        assertThat(seen.reply().status()).as(seen.reply().toString()).isEqualTo(200);
        assertThat(seen.reply().only("ClientReqUrl")).isEqualTo(csc.url("/init"));
        assertThat(seen.of("KMS_INITIALISED")).singleElement().satisfies(record -> assertThat(
                        record.getJsonObject("details").getString("proxy"))
                .isEqualTo("home"));
    }

    @ParameterizedTest
    @EnumSource
    void bodyUnderTheUrlOfTheProxyIsTaken(Way way) {
        Csc csc = front(way);
        String body = Csc.requestBody(ALICE, kms.kmsUri(), Instant.now().toString(), csc.url("/init"));

        assertThat(csc.post("/init", kms.idm().user(ALICE), body).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void plainKeysDoNotPass(Way way) {
        kms.observe(() -> front(way).post("/keyprov", kms.idm().user(ALICE))).assertRefused(403, 4032);
    }

    @ParameterizedTest
    @EnumSource
    void serverIsKnownByItsCertificateAtTheProxyAndItsTokenAndSigns(Way way) {
        for (String name : List.of("gms", "mcptt-server")) {
            Csc csc = front(way, Optional.of(kms.home().server(name)));

            kms.observe(() -> csc.post("/keyprov", serverToken(name))).assertRefused(403, 4031);
        }
    }

    /** CSC-8: the signature covers the octets of the body, the keys come back wrapped, and the proxies change neither. */
    @ParameterizedTest
    @EnumSource
    void signedRequestOfAUserPassesUnchanged(Way way) {
        String user = "sip:behind-" + way.name().toLowerCase(Locale.ROOT) + "@example.org";
        try (RegisteredDevice device = RegisteredDevice.register(kms, user)) {
            assertGetsWrappedKeys(device, front(way), kms.idm().user(user));
        }
    }

    /** CSC-9 and CSC-10: certificate at the proxy, token, signature. */
    @ParameterizedTest
    @EnumSource
    void signedRequestsOfServersPassUnchanged(Way way) {
        for (String name : List.of("mcptt-server", "gms")) {
            try (RegisteredDevice device = registeredServer("sip:" + name + "@example.org")) {
                Csc csc = front(way, Optional.of(kms.home().server(name)));
                assertGetsWrappedKeys(device, csc, serverToken(name));
                kms.observe(() -> csc.post("/keyprov", serverToken(name))).assertRefused(403, 4031);
            }
        }
    }

    private void assertGetsWrappedKeys(RegisteredDevice device, Csc csc, String token) {
        Observed seen = kms.observe(() -> device.post(csc, "/keyprov", token));

        assertThat(seen.reply().status()).as(seen.reply().toString()).isEqualTo(200);
        try (ReceivedResponse answer = device.read(seen.reply().body())) {
            assertThat(answer.keysWereWrapped()).isTrue();
            assertThat(answer.signature()).isPresent();
            assertThat(answer.response().clientReqUrl()).isEqualTo(csc.url("/keyprov"));
            IssuedKeySet.onlyOf(answer.response()).assertHoldsUnder(kms.rootCertificate());
        }
        assertThat(seen.of("KEYS_PROVISIONED")).singleElement().satisfies(record -> assertThat(
                        record.getJsonObject("details").getString("proxy"))
                .isEqualTo("home"));
    }

    /** First keys of a server take two officers. */
    private RegisteredDevice registeredServer(String uri) {
        AdminFace.object(kms.officer().post("/client-keys/request", Map.of("owner", uri, "reason", "new server")));
        Map<String, String> order = Map.of(
                "owner", uri, "passphrase", RegisteredDevice.PASSPHRASE, "validFor", "P1D", "reason", "new server");
        return RegisteredDevice.open(
                kms, kms.admin("officer2").post("/client-keys/approve", order).body());
    }

    @ParameterizedTest
    @EnumSource
    void serversTokenNeedsTheServersCertificateAtTheProxy(Way way) {
        kms.observe(() -> front(way).post("/keyprov", serverToken("gms"))).assertRefused(403, 403);
        Csc other = front(way, Optional.of(kms.home().server("mcptt-server")));
        kms.observe(() -> other.post("/keyprov", serverToken("gms"))).assertRefused(403, 403);
    }

    @ParameterizedTest
    @EnumSource
    void serversCertificateAtTheProxyMakesNoUserTheServer(Way way) {
        Csc csc = front(way, Optional.of(kms.home().server("gms")));

        kms.observe(() -> csc.post("/keyprov", kms.idm().user(ALICE))).assertRefused(403, 403);
    }

    @ParameterizedTest
    @EnumSource
    void proxyRefusesAnAssertionOfItsClients(Way way) {
        for (Optional<Tls.Credential> credential :
                List.of(Optional.<Tls.Credential>empty(), Optional.of(kms.home().server("gms")))) {
            Csc csc = front(way, credential);
            Observed seen = kms.observe(() -> csc.send(csc.with(kms.idm().user(ALICE), "/init")
                    .header(ASSERTED, "\"" + GMS + "\"")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build()));

            assertThat(seen.reply().status()).isEqualTo(403);
            assertThat(seen.records()).isEmpty();
        }
    }

    @Test
    void configuredProxyAssertsWhomItMay() {
        Csc proxy = proxies.asProxy(kms.home().proxy("proxy"));

        kms.observe(() -> asserting(proxy, serverToken("gms"), "\"" + GMS + "\""))
                .assertRefused(403, 4031);
        kms.observe(() -> asserting(proxy, serverToken("gms"), "<" + GMS + ">")).assertRefused(403, 4031);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ALICE,
                "sip:unknown@example.org",
                "SIP:gms@example.org",
                "sip:gms@example.org:5060",
                GMS + ", sip:mcptt-server@example.org",
                "\"\""
            })
    void configuredProxyAssertsNobodyElse(String asserted) {
        assertUntrusted(() -> asserting(proxies.asProxy(kms.home().proxy("proxy")), serverToken("gms"), asserted));
    }

    @Test
    void proxyThatMayAssertNobodyDoesNot() {
        Csc silent = proxies.asProxy(kms.home().proxy("proxy2"));

        assertUntrusted(() -> asserting(silent, serverToken("gms"), "\"" + GMS + "\""));
        assertThat(silent.post("/init", kms.idm().user(ALICE)).status()).isEqualTo(200);
    }

    @Test
    void twoAssertionsAreRefused() {
        Csc proxy = proxies.asProxy(kms.home().proxy("proxy"));

        assertUntrusted(() -> proxy.send(proxy.with(serverToken("gms"), "/init")
                .header(ASSERTED, "\"" + GMS + "\"")
                .header(ASSERTED, "\"" + GMS + "\"")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build()));
    }

    @Test
    void listenerForProxiesTakesNoOtherCertificate() {
        for (Tls.Credential credential :
                List.of(kms.home().server("gms"), kms.home().operator("officer"))) {
            assertThatThrownBy(() -> proxies.asProxy(credential).post("/init", serverToken("gms")))
                    .hasRootCauseInstanceOf(IOException.class);
        }
        Csc nobody = new Csc(
                Tls.context(kms.home().trust(), Optional.empty()), kms.home().proxyPort());
        assertThatThrownBy(() -> nobody.post("/init", kms.idm().user(ALICE))).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void proxysCertificateIsNoServersAndNoOperators() {
        Csc direct = kms.csc(kms.home().proxy("proxy"));
        assertThatThrownBy(() -> direct.post("/init", serverToken("gms"))).hasRootCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> new AdminFace(
                                kms.adminTls(Optional.of(kms.home().proxy("proxy"))),
                                kms.home().adminPort())
                        .get("/status"))
                .hasRootCauseInstanceOf(IOException.class);
    }

    private static Reply asserting(Csc csc, String token, String asserted) {
        return csc.send(csc.with(token, "/init")
                .header(ASSERTED, asserted)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private void assertUntrusted(Supplier<Reply> request) {
        Observed seen = kms.observe(request);
        assertThat(seen.reply().status()).isEqualTo(403);
        assertThat(seen.reply().body()).isEmpty();
        seen.assertNothingIssued();
        assertThat(seen.of("REQUEST_REFUSED")).isEmpty();
    }

    private String serverToken(String name) {
        JWTClaimsSet claims = kms.idm()
                .claims("sip:" + name + "@example.org")
                .claim("client_id", name)
                .build();
        return kms.idm().signed(claims);
    }
}
