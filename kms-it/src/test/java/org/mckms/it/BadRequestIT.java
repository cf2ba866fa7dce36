package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.it.support.CekFace;
import org.mckms.it.support.Csc;
import org.mckms.it.support.Kms;
import org.mckms.it.support.Observed;
import org.mckms.it.support.Reply;
import org.mckms.it.support.RootCertificate;
import org.mckms.it.support.RunningKms;

/** Requests of a caller with a good token that must lead to nothing but a clear refusal and one audit record. */
@ExtendWith(RunningKms.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestIT {
    private static final String ALICE = "sip:alice@example.org";

    private final Kms kms;
    private final Csc csc;
    private final String token;

    BadRequestIT(Kms kms) {
        this.kms = kms;
        this.csc = kms.csc();
        this.token = kms.idm().user(ALICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:bob@example.org",
                "sip%3Abob%40example.org",
                "sip%3abob%40example.org",
                "%73%69%70%3a%62%6f%62%40example.org",
                "sip:gms@example.org",
                "sip:mcptt-server@example.org",
                "SIP:alice@example.org",
                "sip:Alice@example.org",
                "sip:alice@EXAMPLE.org",
                "sip:alice@example.org%3Btransport=tls"
            })
    void keysOfAnotherIdentityAreForbidden(String segment) {
        Observed seen = kms.observe(() -> csc.post("/keyprov/" + segment, token));

        seen.assertRefused(403, 403);
    }

    @Test
    void blockedIdentityGetsNothing() {
        String blocked = "sip:blocked@example.org";
        assertThat(csc.post("/keyprov", kms.idm().user(blocked)).status()).isEqualTo(200);
        kms.officer().post("/identities/block", Map.of("uri", blocked, "reason", "device lost"));

        kms.observe(() -> csc.post("/keyprov", kms.idm().user(blocked))).assertRefused(403, 4034);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/list", "/ends", "/sip%3Aalice%40example.org", "/nothing"})
    void thereAreNoContentKeysWithoutAServerForThem(String resource) {
        CekFace face = CekFace.anonymous(kms);

        kms.observe(() -> face.send(face.to(resource, token).POST(HttpRequest.BodyPublishers.noBody())))
                .assertRefused(404, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"})
    void everyMethodButPostIsRefused(String method) {
        Observed seen = kms.observe(() -> raw(method, "/keyprov"));

        seen.assertRefused(405, 405);
        assertThat(seen.reply().header("Allow")).contains("POST");
    }

    /** The answer to HEAD has the header fields of an error and, as always, no body. */
    @Test
    void headIsRefusedWithoutABody() {
        Observed seen = kms.observe(() -> raw("HEAD", "/keyprov"));

        assertThat(seen.reply().status()).isEqualTo(405);
        assertThat(seen.reply().header("Allow")).contains("POST");
        assertThat(seen.reply().body()).isEmpty();
        seen.assertNothingIssued();
        assertThat(seen.of("REQUEST_REFUSED")).hasSize(1);
        assertThat(seen.of("REQUEST_REFUSED").get(0).getString("outcome")).isEqualTo("METHOD_NOT_ALLOWED");
    }

    @Test
    void traceIsRefusedBeforeTheApplication() {
        Observed seen = kms.observe(() -> raw("TRACE", "/keyprov"));

        seen.assertRefusedByHttpLayer(405);
        assertThat(seen.reply().text()).doesNotContain(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "OPTIONS"})
    void asteriskNamesNoResource(String method) {
        kms.observe(() -> exchange(method + " * HTTP/1.1")).assertRefusedByHttpLayer(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/keys", "/KEYPROV", "/init/more", "/cert/kms.example.org", "/lookup/x", "/redirect"})
    void unknownResourceIsNotFound(String resource) {
        kms.observe(() -> raw("POST", resource)).assertRefused(404, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/keyprov/../init",
                "/keyprov/..%2Finit",
                "/keyprov/%2e%2e/init",
                "/./keyprov",
                "/",
                "//keyprov",
                "/keyprov/",
                "/keyprov//",
                "/keyprov;x=y",
                "/keyprov/" + ALICE + "/",
                "/keyprov/" + ALICE + "/D6B43232",
                "/keyprov/" + ALICE + "/D6B432320000000G",
                "/keyprov/" + ALICE + "/D6B4323200000000/more",
                "/keyprov/D6B4323200000000",
                "/keyprov/sip%253Abob%2540example.org",
                "/keyprov/sip:alice@example.org;transport=tls",
                "/keyprov/sip:alice@example.org%20",
                "/keyprov/alice",
                "/keyprov/sip:alice%00@example.org",
                "/keyprov/sip:alice%C0%AFexample.org",
                "/keyprov/sip:alice%FF@example.org",
                "/keyprov?x=y",
                "/keyprov/" + ALICE + "?x=y",
                "/certcache/-1",
                "/certcache/one",
                "/certcache/99999999999999999999"
            })
    void oddPathsAreMalformed(String path) {
        kms.observe(() -> raw("POST", path)).assertRefused(400, 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/keyprov/sip:%zz", "/keyprov/sip:alice%4", "/keyprov/%", "/%zz"})
    void pathsThatAreNotEncodedAreRefusedBeforeTheApplication(String path) {
        kms.observe(() -> raw("POST", path)).assertRefusedByHttpLayer(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/WEB-INF/web.xml", "/META-INF/MANIFEST.MF"})
    void foldersOfTheArchiveAreNotFound(String path) {
        kms.observe(() -> exchange("POST " + path + " HTTP/1.1")).assertRefusedByHttpLayer(404);
    }

    @Test
    void tooLongPathIsRefused() {
        Observed seen = kms.observe(() -> raw("POST", "/keyprov/sip:" + "a".repeat(8000) + "@example.org"));

        seen.assertRefused(414, 414);
    }

    @ParameterizedTest
    @CsvSource({"1514,past", "99999,future"})
    void timeOutsideTheServedWindowIsRefused(long period, String name) {
        RootCertificate root = kms.rootCertificate();
        String time = RootCertificate.ntp(root.startOf(period));

        kms.observe(() -> csc.post("/keyprov/" + ALICE + "/" + time, token)).assertRefused(409, 409);
    }

    @Test
    void secondPeriodAheadIsNotServed() {
        RootCertificate root = kms.rootCertificate();
        String time = RootCertificate.ntp(root.startOf(root.periodAt(Instant.now()) + 2));

        kms.observe(() -> csc.post("/keyprov/" + ALICE + "/" + time, token)).assertRefused(409, 409);
    }

    /** A request without a body whose path is sent exactly as given. */
    private Reply raw(String method, String resource) {
        return exchange(method + " " + Csc.ROOT + resource + " HTTP/1.1");
    }

    private Reply exchange(String requestLine) {
        List<String> lines =
                List.of(requestLine, "Authorization: Bearer " + token, "Accept: application/xml", "Content-Length: 0");
        try {
            return csc.raw().exchange(lines, new byte[0]);
        } catch (IOException e) {
            throw new AssertionError("not answered: " + requestLine, e);
        }
    }
}
