package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.it.support.Csc;
import org.mckms.it.support.GroupMemberDevice;
import org.mckms.it.support.KeySet;
import org.mckms.it.support.Kms;
import org.mckms.it.support.Observed;
import org.mckms.it.support.PartnerAdmin;
import org.mckms.it.support.ProxiedKms;
import org.mckms.it.support.Reply;
import org.mckms.it.support.RootCertificate;
import org.mckms.it.support.RunningProxies;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.protocol.codec.CertificateCodec;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.Role;

/** Every resource of annex D.2 over HTTP, its answer and its errors (acceptance item A-18). */
@ExtendWith(RunningProxies.class)
class ResourcesIT {
    private static final String ERIN = "sip:erin@example.org";
    private static final String PARTNER = "kms.partner.example";
    private static final String KRR = "<KrrList><k:KmsRedirectResponse xmlns:k=\"urn:3gpp:ns:mcsecKMSKRR:1.0\">"
            + "<k:Initiator>" + ERIN + "</k:Initiator><k:ProposedKms>" + PARTNER
            + "</k:ProposedKms></k:KmsRedirectResponse></KrrList>";

    private final Kms kms;
    private final Csc csc;
    private final String token;

    ResourcesIT(ProxiedKms proxies) {
        this.kms = proxies.kms();
        this.csc = kms.csc();
        this.token = kms.idm().user(ERIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"groups", "regroups", "gktps", "callback", "events", "jobs/x", "regroups/teardowns", "none"})
    void aServerThatIsNoGmsHasNoGroupManagement(String resource) {
        URI address = URI.create("https://localhost:" + kms.home().kmsPort() + "/groupmanagement/v1/" + resource);
        String scoped = kms.idm()
                .signed(kms.idm()
                        .claims(ERIN)
                        .claim("scope", GroupMemberDevice.SCOPES)
                        .build());

        assertThat(csc.send(HttpRequest.newBuilder(address)
                                .header("Authorization", "Bearer " + scoped)
                                .build())
                        .status())
                .isEqualTo(404);
        assertThat(csc.send(HttpRequest.newBuilder(address)
                                .header("Authorization", "Bearer " + scoped)
                                .header("Content-Type", "application/xml")
                                .POST(HttpRequest.BodyPublishers.ofString("<x/>"))
                                .build())
                        .status())
                .isEqualTo(404);
    }

    @BeforeEach
    void holdAPartnersCertificate() {
        PartnerAdmin partners = new PartnerAdmin(kms.officer());
        if (kms.officer()
                        .get("/partner-certificates/show?certUri=cert1." + PARTNER)
                        .status()
                == 404) {
            partners.take("", CertificateCodec.encode(partner(kms.rootCertificate())));
        }
    }

    /** A certificate of another KMS; its points are those of this one, which are good points. */
    private static KmsCertificate partner(RootCertificate points) {
        return new KmsCertificate(
                Role.EXTERNAL,
                Optional.of("cert1." + PARTNER),
                PARTNER,
                Optional.empty(),
                Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                Optional.empty(),
                false,
                new KeyPeriodSchedule(604_800, 3600),
                new KmsPublicKey(Octets.fromHex(points.zT())),
                new KmsPublicAuthenticationKey(Octets.fromHex(points.kpak())),
                List.of("partner.example"));
    }

    static Stream<Arguments> resources() {
        return Stream.of(
                arguments("/init", "KmsInit", ""),
                arguments("/keyprov", "KmsKeyProv", ""),
                arguments("/keyprov/" + ERIN, "KmsKeyProv", ""),
                arguments("/certcache", "KmsCertCache", ""),
                arguments("/certcache/0", "KmsCertCache", ""),
                arguments("/cert/" + PARTNER, "KmsCertCache", ""),
                arguments("/lookup/sip:bob@partner.example", "KmsLookup", ""),
                arguments("/redirect", "KmsLookup", KRR));
    }

    @ParameterizedTest
    @MethodSource("resources")
    void answersWithItsElement(String resource, String element, String more) {
        Reply reply = csc.post(resource, token, body(ERIN, kms.kmsUri(), now(), csc.url(resource), more));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.all(element)).hasSize(1);
        assertThat(reply.only("ClientReqUrl")).isEqualTo(csc.url(resource));
        assertThat(reply.header("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @MethodSource("resources")
    void takesPostOnly(String resource) {
        for (String method : List.of("GET", "PUT", "DELETE")) {
            Observed seen = kms.observe(() -> csc.send(csc.with(token, resource)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build()));

            seen.assertRefused(405, 405);
            assertThat(seen.reply().header("Allow")).contains("POST");
        }
    }

    @ParameterizedTest
    @MethodSource("resources")
    void needsAToken(String resource) {
        HttpRequest request =
                csc.to(resource).POST(HttpRequest.BodyPublishers.noBody()).build();

        kms.observe(() -> csc.send(request)).assertUnauthenticated();
    }

    @ParameterizedTest
    @MethodSource("resources")
    void needsTheScope(String resource) {
        String weak =
                kms.idm().signed(kms.idm().claims(ERIN).claim("scope", "openid").build());

        Observed seen = kms.observe(() -> csc.post(resource, weak));

        seen.assertRefused(403, 4030);
        assertThat(seen.reply().header("WWW-Authenticate").orElseThrow()).contains("insufficient_scope");
    }

    @ParameterizedTest
    @MethodSource("resources")
    void refusesABodyOfAnotherUser(String resource, String element, String more) {
        String foreign = body("sip:bob@example.org", kms.kmsUri(), now(), csc.url(resource), more);

        kms.observe(() -> csc.post(resource, token, foreign)).assertRefused(403, 403);
    }

    @ParameterizedTest
    @MethodSource("resources")
    void refusesAStaleTime(String resource, String element, String more) {
        for (int seconds : List.of(-120, 120)) {
            String time = Instant.now().plusSeconds(seconds).toString();
            String stale = body(ERIN, kms.kmsUri(), time, csc.url(resource), more);

            kms.observe(() -> csc.post(resource, token, stale)).assertRefused(400, 4001);
        }
    }

    @ParameterizedTest
    @MethodSource("resources")
    void refusesTheUriOfAnotherKms(String resource, String element, String more) {
        String foreign = body(ERIN, PARTNER, now(), csc.url(resource), more);

        kms.observe(() -> csc.post(resource, token, foreign)).assertRefused(400, 4003);
    }

    @ParameterizedTest
    @MethodSource("resources")
    void refusesAnotherUrl(String resource, String element, String more) {
        String foreign = body(ERIN, kms.kmsUri(), now(), "https://evil.example" + Csc.ROOT + resource, more);

        kms.observe(() -> csc.post(resource, token, foreign)).assertRefused(400, 4004);
    }

    @ParameterizedTest
    @ValueSource(strings = {ERIN, "sip%3Aerin%40example.org", "sip%3aerin%40example.org", "%73ip:erin@example%2Eorg"})
    void takesTheUriRawOrEncodedAndTheTimeInEitherCase(String uri) {
        RootCertificate root = kms.rootCertificate();
        String time = RootCertificate.ntp(Instant.now());

        for (String path : List.of(
                "/keyprov/" + uri,
                "/keyprov/" + uri + "/" + time.toUpperCase(Locale.ROOT),
                "/keyprov/" + uri + "/" + time.toLowerCase(Locale.ROOT))) {
            KeySet keys = KeySet.onlyOf(csc.post(path, token));

            assertThat(keys.userUri()).isEqualTo(ERIN);
            keys.assertHoldsUnder(root);
        }
    }

    @Test
    void certGivesOneCertificateAndNoCacheNumber() {
        for (String uri : List.of(PARTNER, "kms%2Epartner.example", "kms.partner%2eexample")) {
            Reply reply = csc.post("/cert/" + uri, token);

            assertThat(reply.only("CertUri")).isEqualTo("cert1." + PARTNER);
            assertThat(reply.text()).contains("Role=\"External\"").doesNotContain("CacheNum");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kms.unknown.example", "KMS.partner.example", "kms.partner.example:8443"})
    void certOfAnUnknownKmsIsNotFound(String uri) {
        kms.observe(() -> csc.post("/cert/" + uri, token)).assertRefused(404, 404);
    }

    @Test
    void certOfThisKmsIsNotFound() {
        kms.observe(() -> csc.post("/cert/" + kms.kmsUri(), token)).assertRefused(404, 404);
    }

    @Test
    void cacheCountsOn() {
        Reply all = csc.post("/certcache", token);
        String number = all.text().replaceAll("(?s).*CacheNum=\"(\\d+)\".*", "$1");

        Reply nothing = csc.post("/certcache/" + number, token);

        assertThat(all.all("KmsCertificate")).isNotEmpty();
        assertThat(nothing.all("KmsCertificate")).isEmpty();
        assertThat(nothing.text()).contains("CacheNum=\"" + number + "\"");
    }

    @Test
    void lookupNamesTheKmsOfADomain() {
        assertThat(csc.post("/lookup/sip%3Abob%40partner.example", token).text())
                .contains("<KmsLookup><KmsUri>" + PARTNER + "</KmsUri></KmsLookup>");
        assertThat(csc.post("/lookup/" + ERIN, token).text())
                .contains("<KmsLookup><KmsUri>" + kms.kmsUri() + "</KmsUri></KmsLookup>");
        kms.observe(() -> csc.post("/lookup/sip:bob@unknown.example", token)).assertRefused(404, 404);
        kms.observe(() -> csc.post("/lookup/tel:+4930123456", token)).assertRefused(404, 404);
    }

    @Test
    void redirectIsRecordedAndNothingElse() {
        String url = csc.url("/redirect");
        Observed seen = kms.observe(() -> csc.post("/redirect", token, body(ERIN, kms.kmsUri(), now(), url, KRR)));

        assertThat(seen.reply().status()).isEqualTo(200);
        assertThat(seen.of("KRR_RECEIVED")).singleElement().satisfies(record -> assertThat(
                        record.getJsonObject("details").getString("krr1"))
                .contains("proposed=" + PARTNER));
        kms.observe(() -> csc.post("/redirect", token)).assertRefused(400, 400);
        kms.observe(() -> csc.post("/redirect", token, body(ERIN, kms.kmsUri(), now(), url, KRR.repeat(2))))
                .assertRefused(400, 400);
        String elsewhere = body(ERIN, kms.kmsUri(), now(), csc.url("/init"), KRR);
        kms.observe(() -> csc.post("/init", token, elsewhere)).assertRefused(400, 400);
    }

    private static String now() {
        return Instant.now().toString();
    }

    private static String body(String userUri, String kmsUri, String time, String url, String more) {
        String body = Csc.requestBody(userUri, kmsUri, time, url).replace("</KmsRequest>", more + "</KmsRequest>");
        assertThat(body.getBytes(StandardCharsets.UTF_8).length).isLessThan(65_536);
        return body;
    }
}
